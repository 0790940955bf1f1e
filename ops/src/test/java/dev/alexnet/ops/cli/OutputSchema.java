package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What commands write with {@code --json}, as the documentation promises it. */
public final class OutputSchema {
  private static final Path FILE = Path.of("..", "docs", "schemas", "output.schema.json");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Compiled once: that takes longer than most commands. */
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(document());

  private OutputSchema() {}

  public static JsonNode document() {
    try {
      return MAPPER.readTree(FILE.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asserts that a text is one line with one object that the schema allows.
   *
   * @return the object
   */
  public static JsonNode assertAllows(String out) {
    assertThat(out).endsWith("}\n").hasLineCount(1);
    try {
      JsonNode object = MAPPER.readTree(out);
      assertThat(SCHEMA.validate(object)).as(out).isEmpty();
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
