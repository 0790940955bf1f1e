package dev.alexnet.infra.settings;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteSize;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the values of a setting are written: as one item, or as several.
 *
 * @param <T> the type of the value
 */
public final class SettingType<T> {
  private static final Pattern DECIMAL_NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  static final SettingType<Location> LOCATION = single("PATH", SettingType::location);
  static final SettingType<List<Location>> LOCATIONS = several(LOCATION, Shape.REPEATED);
  static final SettingType<String> TEXT = single("TEXT", text -> text);
  static final SettingType<List<String>> TEXTS = several(TEXT, Shape.SEPARATED);
  static final SettingType<Integer> INTEGER =
      single("N", number("a whole number", Integer::valueOf));
  static final SettingType<List<Integer>> INTEGERS = several(INTEGER, Shape.SEPARATED);
  static final SettingType<Long> LONG = single("N", number("a whole number", Long::valueOf));
  static final SettingType<Double> NUMBER =
      single("X", number("a number", SettingType::decimalNumber));
  static final SettingType<List<Double>> NUMBERS = several(NUMBER, Shape.SEPARATED);
  static final SettingType<ByteSize> SIZE = single("SIZE", ByteSize::parse);
  static final SettingType<Boolean> FLAG = flag();

  /** How many items a value has, and how they are given. */
  public enum Shape {
    SINGLE,
    /** True or false; true if only the name is given. */
    FLAG,
    /** Items separated by commas. */
    SEPARATED,
    /** Each item given separately, because it may contain commas. */
    REPEATED
  }

  private final Shape shape;
  private final String label;
  private final Function<String, Object> item;
  private final Function<List<Object>, T> value;
  private final List<String> words;

  private SettingType(
      Shape shape,
      String label,
      List<String> words,
      Function<String, Object> item,
      Function<List<Object>, T> value) {
    this.shape = shape;
    this.label = label;
    this.words = words;
    this.item = item;
    this.value = value;
  }

  @SuppressWarnings("unchecked") // All items come from the parser.
  private static <T> SettingType<T> single(String label, Function<String, T> parser) {
    return single(label, List.of(), parser);
  }

  @SuppressWarnings("unchecked") // All items come from the parser.
  private static <T> SettingType<T> single(
      String label, List<String> words, Function<String, T> parser) {
    return new SettingType<>(Shape.SINGLE, label, words, parser::apply, items -> (T) last(items));
  }

  @SuppressWarnings("unchecked") // All items come from the parser.
  private static <T> SettingType<List<T>> several(SettingType<T> one, Shape shape) {
    return new SettingType<>(
        shape, one.label, one.words, one.item, items -> (List<T>) List.copyOf(items));
  }

  private static SettingType<Boolean> flag() {
    List<String> words = List.of("false", "true");
    Function<String, Object> parser = text -> choice(text, words) == 1;
    return new SettingType<>(Shape.FLAG, "", words, parser, items -> (Boolean) last(items));
  }

  static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(SettingType::word).toList();
    return single("NAME", words, text -> type.getEnumConstants()[choice(text, words)]);
  }

  /** The same, but some words can also be written in another way. */
  static <E extends Enum<E>> SettingType<E> choice(Class<E> type, Map<String, E> synonyms) {
    SettingType<E> choice = choice(type);
    return single(
        choice.label,
        choice.words,
        text ->
            synonyms.containsKey(text) ? synonyms.get(text) : type.cast(choice.item.apply(text)));
  }

  static <E extends Enum<E>> SettingType<List<E>> choices(Class<E> type) {
    return new SettingType<>(
        Shape.SEPARATED,
        choice(type).label,
        choice(type).words,
        choice(type).item,
        items -> items.stream().map(type::cast).distinct().sorted().toList());
  }

  /** How a constant of an enum is written in settings. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Shape shape() {
    return shape;
  }

  /** What the help calls one item. */
  String label() {
    return label;
  }

  /** Everything that an item can be; empty if that is not a matter of a few words. */
  List<String> words() {
    return words;
  }

  /** Whether the values are locations. */
  public boolean holdsLocations() {
    return item == LOCATION.item;
  }

  boolean isList() {
    return shape == Shape.SEPARATED || shape == Shape.REPEATED;
  }

  /**
   * @throws IllegalArgumentException that says what was expected, for people
   */
  Object parseItem(String text) {
    return item.apply(text);
  }

  /** Builds the value from its items, of which there is at least one. */
  T of(List<Object> items) {
    return value.apply(items);
  }

  /** The items of a value, as {@link #parseItem} reads them. */
  List<String> texts(T of) {
    return items(of).stream().map(SettingType::itemText).toList();
  }

  /** The value as one line. */
  String text(T of) {
    return String.join(",", texts(of));
  }

  static List<?> items(Object value) {
    return value instanceof List<?> items ? items : List.of(value);
  }

  /** One item as it is written. */
  static String itemText(Object item) {
    if (item instanceof Enum<?> constant) {
      return word(constant);
    }
    boolean whole = item instanceof Double number && number == Math.rint(number);
    return whole && Math.abs((Double) item) < 1e15
        ? String.valueOf(((Double) item).longValue())
        : item.toString();
  }

  private static Object last(List<Object> items) {
    return items.get(items.size() - 1);
  }

  private static Location location(String text) {
    try {
      return new Location(text);
    } catch (Failure e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static <N extends Number> Function<String, N> number(
      String kind, Function<String, N> parser) {
    return text -> {
      try {
        return parser.apply(text.strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("'" + text + "' is not " + kind, e);
      }
    };
  }

  /** Java alone would also take 20d, 0x1p3 and NaN. */
  private static Double decimalNumber(String text) {
    if (!DECIMAL_NUMBER.matcher(text).matches()) {
      throw new NumberFormatException(text);
    }
    return Double.valueOf(text);
  }

  private static int choice(String text, List<String> words) {
    int index = words.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException("'" + text + "'" + Suggestion.forWord(text, words));
    }
    return index;
  }
}
