package dev.alexnet.ops.planning;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads a job file: YAML of mappings and plain values, which are kept as text. It does not
 * interpret keys; it keeps their lines for error messages.
 */
public final class JobFile {
  private final JsonParser parser;
  private final String where;

  private JobFile(JsonParser parser, String where) {
    this.parser = parser;
    this.where = where;
  }

  /**
   * One key with its value: text, or further keys.
   *
   * @param line the line of the key, the first being 1
   * @param value null if there are keys instead
   */
  public record Entry(String key, int line, String value, List<Entry> entries) {
    public Entry {
      entries = List.copyOf(entries);
    }

    /** Whether this holds further keys, or nothing, instead of a value. */
    public boolean isSection() {
      return value == null;
    }
  }

  /**
   * @param where what to call the file in an error
   * @return the keys at the top
   * @throws Failure of kind USAGE if the text is not YAML, repeats a key or has a list
   */
  public static List<Entry> read(byte[] yaml, String where) {
    try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
      return new JobFile(parser, where).document();
    } catch (JsonProcessingException e) {
      throw broken(where, e);
    } catch (IOException e) {
      throw Failure.inputOutput("read", where, e);
    }
  }

  private static Failure broken(String where, JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml) {
      YamlProblem problem = YamlProblem.of(yaml);
      return broken(where, " line " + problem.line(), problem.words(), e);
    }
    JsonLocation location = e.getLocation();
    String line = location == null ? "" : " line " + location.getLineNr();
    return broken(where, line, e.getOriginalMessage(), e);
  }

  private static Failure broken(String where, String line, String problem, Exception cause) {
    return new Failure(
        Failure.Kind.USAGE,
        where
            + line
            + " is not valid YAML: "
            + problem
            + "; see 'alexnet run --help' for an example",
        cause);
  }

  private List<Entry> document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (first != JsonToken.START_OBJECT) {
      throw failure("a job file has sections, such as 'train:', with keys below them");
    }
    return mapping();
  }

  private List<Entry> mapping() throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      if (entries.stream().anyMatch(entry -> entry.key().equals(key))) {
        throw failure("the key '" + key + "' occurs twice");
      }
      entries.add(entry(key, line()));
    }
    return entries;
  }

  private Entry entry(String key, int line) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      return new Entry(key, line, null, mapping());
    }
    if (token == JsonToken.VALUE_NULL) {
      return new Entry(key, line, null, List.of());
    }
    if (token == JsonToken.START_ARRAY) {
      throw failure(
          key.equals(Variant.KEY)
              ? "the key 'variants' has a list; write each name as a key below it, 'name:', and the options that differ below that"
              : "the key '%s' has a list; write what it holds as one value, with commas: %s: %s"
                  .formatted(key, key, listed()));
    }
    return new Entry(key, line, parser.getText(), List.of());
  }

  /** The values of a list of plain values, with commas between them. */
  private String listed() throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (!next.isScalarValue()) {
        return "first,second";
      }
      values.add(parser.getText());
    }
    return String.join(",", values);
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  private Failure failure(String reason) {
    return new Failure(Failure.Kind.USAGE, where + " line " + line() + ": " + reason);
  }
}
