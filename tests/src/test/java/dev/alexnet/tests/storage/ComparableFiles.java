package dev.alexnet.tests.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.hash.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What two runs in different places must have in common: every byte of every file, except for
 *
 * <ul>
 *   <li>{@code .lock}, which only a local directory has;
 *   <li>{@code .training}, which only a bucket has;
 *   <li>{@code .inputs}, which has the times of files or the generations of objects;
 *   <li>{@code events/}, whose files have times in their names and in each record; what they plot
 *       is in {@code metrics.jsonl} as well;
 *   <li>rates in {@code metrics.jsonl};
 *   <li>the place of the work directory in {@code scores.json}, {@code features.json}, {@code
 *       neighbours.json}, the report and {@code ledger.json};
 *   <li>in {@code ledger.json} times, rates, the names of engines' jobs, which depend on the place,
 *       the hashes of the files above, the length of the report, and the fingerprints of listings,
 *       which a local directory has not.
 * </ul>
 */
public final class ComparableFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> VARYING =
      Set.of(
          "started",
          "finished",
          "seconds",
          "imagesPerSecond",
          "images_per_second",
          "arithmetic_check_seconds",
          "bytes",
          "job",
          "training/metrics.jsonl",
          "scores/scores.json",
          "similar/neighbours.json",
          "report/report.html");

  private ComparableFiles() {}

  /**
   * @param place the work directory as the command line named it
   */
  public static Map<String, String> local(Path workdir, String place) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(workdir)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".lock")) {
          files.put(workdir.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return of(files, place);
  }

  /**
   * @param files their contents by their names in the work directory
   */
  public static Map<String, String> of(Map<String, byte[]> files, String place) {
    Map<String, String> comparable = new TreeMap<>();
    files.forEach(
        (name, bytes) -> {
          if (name.endsWith("/.training")) {
            return;
          }
          if (name.endsWith(".inputs")) {
            comparable.put(name, "times and generations");
          } else if (name.startsWith("training/events/")) {
            comparable.put("training/events/", "at least one file");
          } else {
            comparable.put(name, comparable(name, bytes, place));
          }
        });
    return comparable;
  }

  private static String comparable(String name, byte[] bytes, String place) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (name) {
      case "ledger.json" -> timeless(text).replace(place, "WORKDIR");
      case "scores/scores.json",
          "similar/features/features.json",
          "similar/neighbours.json",
          "report/report.html" ->
          text.replace(place, "WORKDIR");
      case "training/metrics.jsonl" ->
          text.replaceAll("\"images_per_second\":[^,}]*|\"time\":[^,]*,", "");
      default -> Sha256.of(bytes);
    };
  }

  private static String timeless(String ledger) {
    try {
      StringBuilder lines = new StringBuilder();
      append(lines, "", JSON.readTree(ledger));
      return lines.toString().replaceAll(", [0-9.,]+ images/s", "");
    } catch (IOException e) {
      throw new IllegalArgumentException("Not a ledger: " + ledger, e);
    }
  }

  private static void append(StringBuilder lines, String path, JsonNode node) {
    if (node.isContainerNode()) {
      lines.append(path).append(" has\n");
    } else {
      lines.append(path).append(" = ").append(node.asText()).append('\n');
    }
    int index = 0;
    for (JsonNode element : node) {
      if (node.isArray()) {
        append(lines, path + "[" + index++ + "]", element);
      }
    }
    node.fields()
        .forEachRemaining(
            field -> {
              if (!VARYING.contains(field.getKey()) && !field.getKey().endsWith("/")) {
                append(lines, path + "." + field.getKey(), field.getValue());
              }
            });
  }
}
