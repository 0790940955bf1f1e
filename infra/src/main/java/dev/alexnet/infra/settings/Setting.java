package dev.alexnet.infra.settings;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  private final String ifLeftOut;
  private final boolean eachOnce;
  private final String label;
  private final String description;

  Setting(SettingDraft<T> draft) {
    this.name = draft.name;
    this.type = draft.type;
    this.defaultValue = draft.defaultValue;
    this.required = draft.required;
    this.positional = draft.positional;
    this.output = draft.output;
    this.machine = draft.machine;
    this.constraint = draft.constraint;
    this.words = draft.words;
    this.ifLeftOut = draft.ifLeftOut;
    this.eachOnce = draft.eachOnce;
    this.label = draft.label;
    this.description = draft.description;
  }

  /** A local path or {@code gs://bucket/key}; null if it is neither given nor has a default. */
  public static SettingDraft<Location> location(String name) {
    return new SettingDraft<>(name, SettingType.LOCATION);
  }

  /** Several locations, each given separately; an empty list if none is given. */
  public static SettingDraft<List<Location>> locations(String name) {
    return new SettingDraft<>(name, SettingType.LOCATIONS).defaultsTo(List.of());
  }

  /** Free text, empty by default. */
  public static SettingDraft<String> text(String name) {
    return new SettingDraft<>(name, SettingType.TEXT).defaultsTo("");
  }

  /** Words separated by commas; an empty list by default. */
  public static SettingDraft<List<String>> texts(String name) {
    return new SettingDraft<>(name, SettingType.TEXTS).defaultsTo(List.of());
  }

  public static SettingDraft<Integer> integer(String name) {
    return new SettingDraft<>(name, SettingType.INTEGER);
  }

  /** Integers separated by commas; an empty list by default. */
  public static SettingDraft<List<Integer>> integers(String name) {
    return new SettingDraft<>(name, SettingType.INTEGERS).defaultsTo(List.of());
  }

  public static SettingDraft<Long> longInteger(String name) {
    return new SettingDraft<>(name, SettingType.LONG);
  }

  /** A number, which may have decimals. */
  public static SettingDraft<Double> number(String name) {
    return new SettingDraft<>(name, SettingType.NUMBER);
  }

  /** Numbers separated by commas; an empty list by default. */
  public static SettingDraft<List<Double>> numbers(String name) {
    return new SettingDraft<>(name, SettingType.NUMBERS).defaultsTo(List.of());
  }

  /** A number of bytes, such as {@code 50G}. */
  public static SettingDraft<ByteSize> size(String name) {
    return new SettingDraft<>(name, SettingType.SIZE);
  }

  /** Off by default. */
  public static SettingDraft<Boolean> flag(String name) {
    return new SettingDraft<>(name, SettingType.FLAG).defaultsTo(false);
  }

  /** One constant of an enum, written in lower case. */
  public static <E extends Enum<E>> SettingDraft<E> choice(String name, Class<E> choices) {
    return new SettingDraft<>(name, SettingType.choice(choices));
  }

  /**
   * The same, where a constant has other names too.
   *
   * @param synonyms the constants by these names
   */
  public static <E extends Enum<E>> SettingDraft<E> choice(
      String name, Class<E> choices, Map<String, E> synonyms) {
    return new SettingDraft<>(name, SettingType.choice(choices, synonyms));
  }

  /** Several constants of an enum, separated by commas, in the order of the enum. */
  public static <E extends Enum<E>> SettingDraft<List<E>> choices(String name, Class<E> choices) {
    return new SettingDraft<>(name, SettingType.choices(choices));
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
    if (text.isBlank() && !ifLeftOut.isEmpty()) {
      throw new IllegalArgumentException("it is empty; leave it out for " + ifLeftOut);
    }
    Object item = type.parseItem(text);
    if (!constraint.allows(item)) {
      throw new IllegalArgumentException(
          text.isBlank() ? "it is empty" : "'" + text + "'" + constraint.objection(text));
    }
    return item;
  }

  /** What is wrong with a value, in words; null is the value of a setting that is not given. */
  Optional<String> problem(T value) {
    if (value == null || value.equals(List.of())) {
      return required ? Optional.of(name + " is missing") : Optional.empty();
    }
    boolean isLeftOut = !ifLeftOut.isEmpty() && value.equals(defaultValue);
    if (isLeftOut || SettingType.items(value).stream().allMatch(constraint::allows)) {
      return Optional.empty();
    }
    String text = type.text(value);
    return Optional.of(
        text.isBlank()
            ? name + " is empty"
            : name + " is '" + text + "'" + constraint.objection(text));
  }

  /** What is wrong with items that were given together, in words. */
  Optional<String> problemOfItems(List<?> items) {
    Set<Object> before = new HashSet<>();
    return items.stream()
        .filter(item -> eachOnce && !before.add(item))
        .map(item -> "%s names %s twice; name it once".formatted(name, SettingType.itemText(item)))
        .findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
