package dev.alexnet.ops.report;

import java.util.Base64;
import java.util.Locale;

/** Formats numbers and pictures for the page. */
final class Words {
  private Words() {}

  static String percent(double share) {
    return format("%.1f\u00a0%%", 100 * share);
  }

  static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  static String dataUri(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }
}
