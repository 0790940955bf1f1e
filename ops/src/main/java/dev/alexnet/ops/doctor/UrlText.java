package dev.alexnet.ops.doctor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Text as a part of an address. */
final class UrlText {
  private UrlText() {}

  static String encode(String text) {
    // URLEncoder writes forms, where a blank is a plus.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A query in which every value has the same name. */
  static String repeated(String name, List<String> values) {
    return values.stream()
        .map(value -> name + "=" + encode(value))
        .collect(Collectors.joining("&", "?", ""));
  }
}
