package dev.alexnet.infra.failure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.alexnet.infra.failure.Failure.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * The form in which a failure survives as text. Engines that run work on other machines wrap what
 * it throws, or keep only the stack trace, in which {@link Failure#toString} is a line of its own:
 *
 * <pre>{@code
 * dev.alexnet.infra.failure.Failure: {"kind":"BAD_DATA","message":"…"}
 * }</pre>
 */
public final class FailureText {
  private static final String START = Failure.class.getName() + ": {";
  private static final String KIND = "kind";
  private static final String MESSAGE = "message";

  private FailureText() {}

  /** One line, whatever the message has. */
  static String of(Kind kind, String message) {
    return "%s\"%s\":\"%s\",\"%s\":\"%s\"}"
        .formatted(
            START,
            KIND,
            kind,
            MESSAGE,
            new String(JsonStringEncoder.getInstance().quoteAsString(message)));
  }

  /**
   * Finds the failure of an engine's exception: as an object among its causes, or else in the text
   * of one of them.
   *
   * @return empty if no failure of ours is the reason
   */
  public static Optional<Failure> in(Throwable thrown) {
    requireNonNull(thrown, "thrown is null");
    Failure failure = Failure.in(thrown);
    if (failure != null) {
      return Optional.of(failure);
    }
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return in(trace.toString());
  }

  /**
   * Finds the first failure in a stack trace or a log. If the text was cut within the message, what
   * is left of it is lost, but not the kind.
   */
  public static Optional<Failure> in(String text) {
    for (int at = text.indexOf(START); at >= 0; at = text.indexOf(START, at + 1)) {
      Optional<Failure> failure = read(text.substring(at + START.length() - 1));
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static Optional<Failure> read(String json) {
    Kind kind = null;
    String message = "The message was cut off on its way here; see the log of the engine";
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(KIND)) {
          kind = kindNamed(parser.getText());
        } else if (name.equals(MESSAGE)) {
          message = parser.getText();
        }
      }
    } catch (JsonProcessingException e) {
      // It was cut. What was read before that counts.
    } catch (IOException e) {
      throw new IllegalStateException("Reading from memory failed", e);
    }
    return kind == null ? Optional.empty() : Optional.of(new Failure(kind, message));
  }

  /** Null if another version of this program has a kind that this one does not have. */
  private static Kind kindNamed(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElse(null);
  }
}
