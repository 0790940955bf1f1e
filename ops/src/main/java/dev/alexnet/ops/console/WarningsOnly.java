package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.Writer;

/** Passes on the lines that warn: those of which the result may be wrong if nobody reads them. */
final class WarningsOnly extends Writer {
  /** What such a line starts with. */
  private static final String WARNING = "Warning: ";

  private final PrintWriter told;
  private final StringBuilder line = new StringBuilder();

  WarningsOnly(PrintWriter told) {
    this.told = requireNonNull(told, "told is null");
  }

  @Override
  public void write(char[] text, int offset, int length) {
    synchronized (lock) {
      for (int i = offset; i < offset + length; i++) {
        if (text[i] != '\n') {
          line.append(text[i]);
          continue;
        }
        if (line.indexOf(WARNING) == 0) {
          told.println(line);
        }
        line.setLength(0);
      }
    }
  }

  @Override
  public void flush() {
    told.flush();
  }

  @Override
  public void close() {
    // Others write there, too.
  }
}
