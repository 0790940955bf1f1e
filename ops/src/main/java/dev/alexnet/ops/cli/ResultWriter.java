package dev.alexnet.ops.cli;

import dev.alexnet.infra.json.Json;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Passes results on at once; those for programs, a line of JSON, only when the command has ended,
 * so that a failure can be part of them.
 */
final class ResultWriter extends Writer {
  private static final String ERROR = "error";

  private final PrintWriter results;
  private final boolean json;
  private final StringBuilder held = new StringBuilder();

  /**
   * @param json whether results are lines of JSON
   */
  ResultWriter(PrintWriter results, boolean json) {
    this.results = results;
    this.json = json;
  }

  @Override
  public synchronized void write(char[] text, int offset, int length) {
    if (!json) {
      pass(new String(text, offset, length));
      return;
    }
    held.append(text, offset, length);
    // Only the last line may still change.
    int end = held.lastIndexOf("\n", held.length() - 2) + 1;
    pass(held.substring(0, end));
    held.delete(0, end);
  }

  private void pass(String text) {
    results.write(text);
    results.flush();
  }

  /** Passes on what is held back. */
  synchronized void end() {
    pass(held.toString());
    held.setLength(0);
  }

  /** The same with a failure, which is the whole result if there is no other. */
  synchronized void end(Map<String, Object> failure) {
    if (!json) {
      return;
    }
    String error = Json.line(Map.of(ERROR, failure));
    int last = held.lastIndexOf("}");
    if (held.indexOf("{") != 0) {
      held.append(error).append('\n');
    } else if (!result().containsKey(ERROR)) {
      held.replace(last, last + 1, "," + error.substring(1));
    }
    end();
  }

  private Map<?, ?> result() {
    return Json.read(held.toString().getBytes(StandardCharsets.UTF_8), Map.class, "the result");
  }

  @Override
  public void flush() {
    results.flush();
  }

  @Override
  public void close() {
    results.close();
  }
}
