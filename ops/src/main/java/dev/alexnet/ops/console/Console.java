package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Where a command writes: results to {@code out}, everything else to {@code err}.
 *
 * @param terminal whether {@code err} is a terminal, on which a line can be rewritten
 * @param width of the terminal in columns, which changes when its window does
 * @param nanoTime the clock that paces progress, in nanoseconds from any origin
 * @param transcript gets what is written to {@code err} too
 * @param style how results and messages look
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    IntSupplier width,
    LongSupplier nanoTime,
    Transcript transcript,
    Style style) {
  private static final int DEFAULT_WIDTH = 100;

  public Console {
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    requireNonNull(width, "width is null");
    requireNonNull(nanoTime, "nanoTime is null");
    requireNonNull(style, "style is null");
    err = transcript.copied(err);
  }

  /** A console whose transcript nobody else has, and whose results are read by programs. */
  public Console(
      PrintWriter out,
      PrintWriter err,
      boolean terminal,
      IntSupplier width,
      LongSupplier nanoTime) {
    this(out, err, terminal, width, nanoTime, new Transcript(), Style.PLAIN);
  }

  /**
   * The streams of this process. Java cannot tell whether they are terminals, nor how wide these
   * are, so the launcher passes both: by the properties {@code alexnet.terminal}, of standard
   * error, and {@code alexnet.results.terminal}, of standard output, and by the environment
   * variable {@code COLUMNS}. If the launcher relays standard error, our messages go around its
   * relay, by descriptor 0.
   */
  public static Console standard() {
    boolean terminal = Boolean.getBoolean("alexnet.terminal");
    int width = width(System.getenv("COLUMNS"));
    return new Console(
        writer(new ResultStream(stream(FileDescriptor.out), Path.of("/dev/stdout"))),
        writer(stream(NativeMessages.areRelayed() ? FileDescriptor.in : FileDescriptor.err)),
        terminal,
        terminal ? new TerminalWidth(width, System::nanoTime) : () -> width,
        System::nanoTime,
        new Transcript(),
        Style.of(Boolean.getBoolean("alexnet.results.terminal"), terminal, System.getenv()));
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9]\\d{1,3}")
        ? Integer.parseInt(columns)
        : DEFAULT_WIDTH;
  }

  /** A console for a command that shall show nothing but its result and lines that warn. */
  public Console quietly() {
    PrintWriter nowhere = new PrintWriter(new WarningsOnly(err), true);
    return new Console(out, nowhere, false, width, nanoTime, transcript, style.plainMessages());
  }

  /** The same console with another place for results. */
  public Console withOut(PrintWriter results) {
    return new Console(results, err, terminal, width, nanoTime, transcript, style);
  }

  /** The same console with colours as somebody wants them. */
  public Console with(ColourChoice colours) {
    return new Console(out, err, terminal, width, nanoTime, transcript, style.with(colours));
  }

  /** The same console with the time before each note. */
  public Console withTimes(Clock clock) {
    return new Console(out, err, terminal, width, nanoTime, transcript, style.with(clock));
  }

  /** What shows results. */
  public Screen screen() {
    return new Screen(
        style.fitsResults() ? Math.max(1, width.getAsInt()) : Screen.NONE.columns(),
        style.coloursResults());
  }

  /** What shows everything else. */
  public Screen messages() {
    return new Screen(
        terminal ? Math.max(1, width.getAsInt()) : Screen.NONE.columns(), style.coloursMessages());
  }

  /**
   * Shows a result to a person: sentences are broken at blanks where the terminal is too narrow.
   */
  public void result(String text) {
    out.println(screen().fitted(text));
  }

  /** Shows the progress of one piece of work until it is closed. */
  public ProgressLine progress(String label) {
    return new ProgressLine(this, label);
  }

  /**
   * Prints a note on a line of its own, even while the terminal shows a progress line, and broken
   * at blanks where the terminal is too narrow.
   */
  public void note(String text) {
    err.println((terminal ? ProgressLine.CLEAR : "") + messages().fitted(style.message(text)));
  }

  /** Says on a line of its own why the command failed. */
  public void failure(String message) {
    err.println(style.failure("alexnet: ") + message);
    err.flush();
  }

  private static OutputStream stream(FileDescriptor descriptor) {
    return new FileOutputStream(descriptor);
  }

  private static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
