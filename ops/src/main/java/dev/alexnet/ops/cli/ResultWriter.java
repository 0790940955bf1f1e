package dev.alexnet.ops.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Passes on everything at once, and knows whether there was anything. */
final class ResultWriter extends Writer {
  private final PrintWriter results;
  private volatile boolean empty = true;

  ResultWriter(PrintWriter results) {
    this.results = results;
  }

  boolean isEmpty() {
    return empty;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    empty = empty && length == 0;
    results.write(text, offset, length);
    results.flush();
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
