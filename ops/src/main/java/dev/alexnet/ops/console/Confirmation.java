package dev.alexnet.ops.console;

import static java.util.Objects.requireNonNull;

import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the person at the terminal before something that cannot be taken back. */
public final class Confirmation {
  private final Console console;
  private final Supplier<Optional<String>> answers;

  @Inject
  public Confirmation(Console console) {
    this(console, Confirmation::lineOfTerminal);
  }

  /**
   * @param answers a line that is typed, empty if nobody can type
   */
  public Confirmation(Console console, Supplier<Optional<String>> answers) {
    this.console = requireNonNull(console, "console is null");
    this.answers = requireNonNull(answers, "answers is null");
  }

  /**
   * @param question which is answered by yes or no
   * @return empty if there is nobody to ask
   */
  public Optional<Boolean> ask(String question) {
    if (!console.terminal()) {
      return Optional.empty();
    }
    console.err().print(question + " [y/N] ");
    console.err().flush();
    return answers.get().map(line -> line.strip().toLowerCase(Locale.ROOT).matches("y|yes"));
  }

  /** Not of standard input, whose descriptor the launcher uses for something else. */
  private static Optional<String> lineOfTerminal() {
    try (BufferedReader terminal = Files.newBufferedReader(Path.of("/dev/tty"))) {
      // Whoever closes it, as by Ctrl-D, does not agree.
      return Optional.of(Objects.requireNonNullElse(terminal.readLine(), ""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
