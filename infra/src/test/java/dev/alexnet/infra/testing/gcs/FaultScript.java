package dev.alexnet.infra.testing.gcs;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says to which requests a fault happens. Requests are counted from 1, beginning when the fake gets
 * the script; only those count that match and to which the fault can happen.
 *
 * <p>As text: {@code UNAVAILABLE@3} for the third request, {@code UNAVAILABLE@every:3} for every
 * third, {@code UNAVAILABLE@from:3} for the third and all after it. Restrictions follow: {@code
 * ,on=MEDIA+LIST}, {@code ,lasting=2000} (milliseconds of a stall), and last {@code ,name=REGEX},
 * which must match an object's whole name.
 *
 * @param first the first request it happens to
 * @param step how many requests later it happens again; 0 for never
 */
public record FaultScript(
    Fault fault, long first, long step, Set<RequestKind> kinds, Pattern name, Duration lasting) {
  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

  public FaultScript {
    Objects.requireNonNull(fault);
    kinds = Set.copyOf(kinds);
    if (first < 1 || step < 0) {
      throw new IllegalArgumentException("Requests are counted from 1, not " + first);
    }
  }

  /** Happens to the first request. */
  public static FaultScript of(Fault fault) {
    return new FaultScript(
        fault, 1, 0, EnumSet.allOf(RequestKind.class), ANY, Duration.ofSeconds(60));
  }

  /** Happens to the k-th request only. */
  public FaultScript at(long k) {
    return new FaultScript(fault, k, 0, kinds, name, lasting);
  }

  /** Happens to the k-th request, the 2k-th, and so on. */
  public FaultScript every(long k) {
    return new FaultScript(fault, k, k, kinds, name, lasting);
  }

  /** Happens to the k-th request and to all after it. */
  public FaultScript from(long k) {
    return new FaultScript(fault, k, 1, kinds, name, lasting);
  }

  /** Only to requests of these kinds. */
  public FaultScript on(RequestKind kind, RequestKind... more) {
    return new FaultScript(fault, first, step, EnumSet.of(kind, more), name, lasting);
  }

  /**
   * Only to requests for objects whose whole name matches; of a listing, the prefix counts as name.
   */
  public FaultScript named(String regex) {
    return new FaultScript(
        fault, first, step, kinds, Pattern.compile(regex, Pattern.DOTALL), lasting);
  }

  /** How long a stall lasts. */
  public FaultScript lasting(Duration duration) {
    return new FaultScript(fault, first, step, kinds, name, duration);
  }

  /**
   * @throws IllegalArgumentException if the text is not a script
   */
  public static FaultScript parse(String text) {
    String[] parts = text.split("@", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("Not FAULT@WHEN: " + text);
    }
    // An expression may contain commas.
    String[] behind = parts[1].split(",name=", 2);
    String[] options = behind[0].split(",", -1);
    FaultScript script =
        of(Fault.valueOf(parts[0].toUpperCase(Locale.ROOT))).when(options[0].split(":", 2));
    for (int i = 1; i < options.length; i++) {
      script = script.with(options[i].split("=", 2), text);
    }
    if (behind.length == 2) {
      script = script.named(behind[1]);
    }
    return script;
  }

  private FaultScript when(String[] when) {
    long k = Long.parseLong(when[when.length - 1]);
    return switch (when.length == 1 ? "" : when[0]) {
      case "" -> at(k);
      case "every" -> every(k);
      case "from" -> from(k);
      default -> throw new IllegalArgumentException("Not 'every' or 'from': " + when[0]);
    };
  }

  private FaultScript with(String[] option, String text) {
    String value = option[option.length - 1];
    return switch (option[0]) {
      case "on" -> {
        EnumSet<RequestKind> some = EnumSet.noneOf(RequestKind.class);
        for (String kind : value.split("\\+", -1)) {
          some.add(RequestKind.valueOf(kind.toUpperCase(Locale.ROOT)));
        }
        yield new FaultScript(fault, first, step, some, name, lasting);
      }
      case "lasting" -> lasting(Duration.ofMillis(Long.parseLong(value)));
      default -> throw new IllegalArgumentException("Unknown '" + option[0] + "' in " + text);
    };
  }

  /** The text that {@link #parse} reads. */
  public String text() {
    String when = step == 0 ? "" : step == 1 && first > 1 ? "from:" : "every:";
    StringBuilder text = new StringBuilder(fault + "@" + when + first);
    if (kinds.size() < RequestKind.values().length) {
      text.append(",on=");
      text.append(String.join("+", kinds.stream().map(RequestKind::name).sorted().toList()));
    }
    text.append(",lasting=").append(lasting.toMillis());
    return text.append(",name=").append(name).toString();
  }

  boolean matches(ApiRequest request) {
    return kinds.contains(request.kind())
        && name.matcher(request.name()).matches()
        && fault.canHappenTo(request);
  }

  boolean happensTo(long number) {
    return number == first || (step > 0 && number > first && (number - first) % step == 0);
  }
}
