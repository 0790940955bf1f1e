package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names jobs by what they do and where: {@code alexnet-convert-train-1c9a0e3f}. The end is a hash
 * of the output, so two jobs of the same output have the same name; Dataflow then refuses the
 * second while the first runs.
 */
final class JobName {
  /** What Google Cloud allows in a label, which is less than what engines allow in a name. */
  private static final int LONGEST = 63;

  private static final int HASH = 8;
  private static final String START = "alexnet-";

  private JobName() {}

  /**
   * @param work a word, such as {@code convert}
   * @return lower-case ASCII letters, digits and single hyphens, from a letter on
   */
  static String of(String work, Location output) {
    String hash = hash(output);
    String start = plain(START + work + "-" + output.name());
    int most = LONGEST - HASH - 1;
    return plain(start.substring(0, Math.min(start.length(), most))) + "-" + hash;
  }

  /** Whether a job of that name writes into an output, whatever its work is. */
  static boolean isOf(String name, Location output) {
    return name.startsWith(START) && name.endsWith("-" + hash(output));
  }

  private static String hash(Location output) {
    return Sha256.of(output.value().getBytes(StandardCharsets.UTF_8)).substring(0, HASH);
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
  }
}
