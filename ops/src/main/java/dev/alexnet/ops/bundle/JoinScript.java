package dev.alexnet.ops.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The script that compares and unpacks the parts of one bundle. */
final class JoinScript {
  static final String NAME = "join";

  private JoinScript() {}

  /**
   * @param bundle the directory that the parts unpack
   */
  static byte[] of(String bundle, List<Part> parts) {
    String list =
        parts.stream()
            .map(part -> part.sha256() + " " + part.name())
            .collect(Collectors.joining("\n"));
    return template()
        .replace("@NAME@", bundle)
        .replace("@PARTS@", list)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String template() {
    try (InputStream resource = JoinScript.class.getResourceAsStream(NAME)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in script join", e);
    }
  }
}
