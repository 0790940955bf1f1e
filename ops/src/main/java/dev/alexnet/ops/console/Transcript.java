package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/** A copy of what a console shows beside results, for whoever asks for it. */
public final class Transcript {
  private volatile Consumer<String> reader = text -> {};

  /**
   * Begins the copy.
   *
   * @param reader gets each piece of text as it is written, from the thread that writes it
   */
  public void copyTo(Consumer<String> reader) {
    this.reader = requireNonNull(reader, "reader is null");
  }

  /** Ends the copy. */
  public void end() {
    copyTo(text -> {});
  }

  /** A writer that passes on everything to the given one, and copies it once. */
  PrintWriter copied(PrintWriter shown) {
    return shown instanceof Copied copied && copied.isOf(this) ? shown : new Copied(shown);
  }

  private final class Copied extends PrintWriter {
    Copied(PrintWriter shown) {
      super(new CopyingWriter(shown), true);
    }

    boolean isOf(Transcript other) {
      return other == Transcript.this;
    }
  }

  private final class CopyingWriter extends Writer {
    private final PrintWriter shown;

    CopyingWriter(PrintWriter shown) {
      this.shown = shown;
    }

    @Override
    public void write(char[] text, int offset, int length) {
      shown.write(text, offset, length);
      reader.accept(new String(text, offset, length));
    }

    @Override
    public void flush() {
      shown.flush();
    }

    @Override
    public void close() {
      shown.close();
    }
  }
}
