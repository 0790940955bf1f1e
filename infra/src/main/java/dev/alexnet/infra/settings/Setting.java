package dev.alexnet.infra.settings;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One setting: its name, type, default, constraint and description. It is defined only once:
 * command-line flags, job-file keys, template arguments, help, validation and the identity of the
 * output are all derived from it.
 *
 * <pre>{@code
 * static final Setting<Integer> SIZE =
 *     Setting.integer("size")
 *         .defaultsTo(256)
 *         .between(16, 4096)
 *         .identifiesOutput()
 *         .description("Height and width of the images in pixels.");
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class Setting<T> {
  private final String name;
  private final SettingType<T> type;
  private final T defaultValue;
  private final boolean required;
  private final boolean positional;
  private final boolean output;
  private final boolean machine;
  private final Constraint constraint;
  private final List<String> words;
  private final String label;
  private final String description;

  /** What every item of a value must be, and what is said after one that is not. */
  private record Constraint(Predicate<Object> holds, Function<String, String> objection) {}

  private Setting(Draft<T> draft) {
    this.name = draft.name;
    this.type = draft.type;
    this.defaultValue = draft.defaultValue;
    this.required = draft.required;
    this.positional = draft.positional;
    this.output = draft.output;
    this.machine = draft.machine;
    this.constraint = draft.constraint;
    this.words = draft.words;
    this.label = draft.label;
    this.description = draft.description;
  }

  /** A local path or {@code gs://bucket/key}; null if it is neither given nor has a default. */
  public static Draft<Location> location(String name) {
    return new Draft<>(name, SettingType.LOCATION);
  }

  /** Several locations, each given separately; an empty list if none is given. */
  public static Draft<List<Location>> locations(String name) {
    return new Draft<>(name, SettingType.LOCATIONS).defaultsTo(List.of());
  }

  /** Free text, empty by default. */
  public static Draft<String> text(String name) {
    return new Draft<>(name, SettingType.TEXT).defaultsTo("");
  }

  /** Words separated by commas; an empty list by default. */
  public static Draft<List<String>> texts(String name) {
    return new Draft<>(name, SettingType.TEXTS).defaultsTo(List.of());
  }

  public static Draft<Integer> integer(String name) {
    return new Draft<>(name, SettingType.INTEGER);
  }

  /** Integers separated by commas; an empty list by default. */
  public static Draft<List<Integer>> integers(String name) {
    return new Draft<>(name, SettingType.INTEGERS).defaultsTo(List.of());
  }

  public static Draft<Long> longInteger(String name) {
    return new Draft<>(name, SettingType.LONG);
  }

  /** A number, which may have decimals. */
  public static Draft<Double> number(String name) {
    return new Draft<>(name, SettingType.NUMBER);
  }

  /** Numbers separated by commas; an empty list by default. */
  public static Draft<List<Double>> numbers(String name) {
    return new Draft<>(name, SettingType.NUMBERS).defaultsTo(List.of());
  }

  /** A number of bytes, such as {@code 50G}. */
  public static Draft<ByteSize> size(String name) {
    return new Draft<>(name, SettingType.SIZE);
  }

  /** Off by default. */
  public static Draft<Boolean> flag(String name) {
    return new Draft<>(name, SettingType.FLAG).defaultsTo(false);
  }

  /** One constant of an enum, written in lower case. */
  public static <E extends Enum<E>> Draft<E> choice(String name, Class<E> choices) {
    return new Draft<>(name, SettingType.choice(choices));
  }

  /**
   * The same, where a constant has other names too.
   *
   * @param synonyms the constants by these names
   */
  public static <E extends Enum<E>> Draft<E> choice(
      String name, Class<E> choices, Map<String, E> synonyms) {
    return new Draft<>(name, SettingType.choice(choices, synonyms));
  }

  /** Several constants of an enum, separated by commas, in the order of the enum. */
  public static <E extends Enum<E>> Draft<List<E>> choices(String name, Class<E> choices) {
    return new Draft<>(name, SettingType.choices(choices));
  }

  /** The name as in the job file, such as {@code train-per-class}. */
  public String name() {
    return name;
  }

  public SettingType<T> type() {
    return type;
  }

  /** Everything that an item can be; empty if that is not a matter of a few words. */
  public List<String> words() {
    return words;
  }

  /** Null if there is none. */
  public T defaultValue() {
    return defaultValue;
  }

  /** The default as it would be written; empty if there is none. */
  public String defaultText() {
    // Java would write 0.0005 as 5.0E-4.
    return defaultValue instanceof Double number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : defaultValue == null ? "" : type.text(defaultValue);
  }

  public boolean isRequired() {
    return required;
  }

  /** Whether the command line takes the value without a name. */
  public boolean isPositional() {
    return positional;
  }

  /** Whether a different value produces a different output. */
  public boolean isPartOfIdentity() {
    return output;
  }

  /** Whether the value belongs to the machine that does the work, and not to the work. */
  public boolean isOfMachine() {
    return machine;
  }

  /** What the help calls an item of the value. */
  public String label() {
    return label.isEmpty() ? type.label() : label;
  }

  public String description() {
    return description;
  }

  /**
   * Reads a value as it is written in files.
   *
   * @throws IllegalArgumentException that says what was expected
   */
  public T parse(String text) {
    return type.of(List.of(parseItem(text)));
  }

  /**
   * Reads one item of a value.
   *
   * @throws IllegalArgumentException that says what was expected
   */
  public Object parseItem(String text) {
    Object item = type.parseItem(text);
    if (!allows(item)) {
      throw new IllegalArgumentException(
          text.isBlank() ? "it is empty" : "'" + text + "'" + constraint.objection.apply(text));
    }
    return item;
  }

  private boolean allows(Object item) {
    return constraint == null || constraint.holds.test(item);
  }

  /** What is wrong with a value, in words; null is the value of a setting that is not given. */
  Optional<String> problem(T value) {
    if (value == null || value.equals(List.of())) {
      return required ? Optional.of(name + " is missing") : Optional.empty();
    }
    if (SettingType.items(value).stream().allMatch(this::allows)) {
      return Optional.empty();
    }
    String text = type.text(value);
    return Optional.of(
        text.isBlank()
            ? name + " is empty"
            : name + " is '" + text + "'" + constraint.objection.apply(text));
  }

  @Override
  public String toString() {
    return name;
  }

  /** A setting under construction. */
  public static final class Draft<T> {
    private final String name;
    private final SettingType<T> type;
    private T defaultValue;
    private boolean required;
    private boolean positional;
    private boolean output;
    private boolean machine;
    private Constraint constraint;
    private List<String> words;
    private String label = "";
    private String description = "";

    private Draft(String name, SettingType<T> type) {
      this.name = requireNonNull(name, "name is null");
      this.type = type;
      this.words = type.words();
    }

    public Draft<T> defaultsTo(T value) {
      this.defaultValue = requireNonNull(value, "value is null");
      return this;
    }

    public Draft<T> required() {
      this.required = true;
      return this;
    }

    public Draft<T> positional() {
      this.positional = true;
      return this;
    }

    /** Declares that a different value produces a different output. */
    public Draft<T> identifiesOutput() {
      this.output = true;
      return this;
    }

    /**
     * Declares that the value belongs to the machine that does the work: a temporary directory, a
     * limit on its disk. A job does not record it, so it can continue elsewhere with another value.
     */
    public Draft<T> ofMachine() {
      this.machine = true;
      return this;
    }

    public Draft<T> label(String word) {
      this.label = requireNonNull(word, "word is null");
      return this;
    }

    /**
     * @param words what the value must be, as the end of the sentence "it must be ..."
     */
    @SuppressWarnings("unchecked") // A value that is not a list is its own only item.
    public Draft<T> mustBe(String words, Predicate<T> holds) {
      if (type.isList()) {
        throw new IllegalArgumentException("Constrain the items of " + name + " instead");
      }
      return eachMustBe(words, item -> holds.test((T) item));
    }

    private Draft<T> eachMustBe(String words, Predicate<Object> holds) {
      this.constraint = new Constraint(holds, text -> "; it must be " + words);
      return this;
    }

    /** Allows only some words. An unknown one is answered with the nearest. */
    public Draft<T> oneOf(List<String> words) {
      this.words = List.copyOf(words);
      this.constraint = new Constraint(words::contains, text -> Suggestion.forWord(text, words));
      return this;
    }

    /** Allows numbers from {@code lowest} to {@code highest}, both included. */
    public Draft<T> between(long lowest, long highest) {
      return eachMustBe(
          lowest + " to " + highest, item -> isAtLeast(item, lowest) && !isAbove(item, highest));
    }

    /** Allows numbers of at least {@code lowest}. */
    public Draft<T> atLeast(long lowest) {
      return eachMustBe("at least " + lowest, item -> isAtLeast(item, lowest));
    }

    /** Allows only local paths. */
    public Draft<T> local() {
      return eachMustBe(
          "local", item -> !(item instanceof Location location && location.isCloud()));
    }

    public Draft<T> notBlank() {
      return eachMustBe("given", item -> !item.toString().isBlank());
    }

    private static boolean isAtLeast(Object item, long lowest) {
      return ((Number) item).doubleValue() >= (double) lowest;
    }

    private static boolean isAbove(Object item, long highest) {
      return ((Number) item).doubleValue() > (double) highest;
    }

    /** Completes the setting with its description, as the help shows it. */
    public Setting<T> description(String meaning) {
      this.description = requireNonNull(meaning, "meaning is null");
      return new Setting<>(this);
    }
  }
}
