package dev.alexnet.infra.settings;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Predicate;

/**
 * A setting under construction.
 *
 * @param <T> the type of the value
 */
public final class SettingDraft<T> {
  final String name;
  final SettingType<T> type;
  T defaultValue;
  boolean required;
  boolean positional;
  boolean output;
  boolean machine;
  Constraint constraint = Constraint.NONE;
  List<String> words;
  String ifLeftOut = "";
  boolean eachOnce;
  String label = "";
  String description = "";

  SettingDraft(String name, SettingType<T> type) {
    this.name = requireNonNull(name, "name is null");
    this.type = type;
    this.words = type.words();
  }

  public SettingDraft<T> defaultsTo(T value) {
    this.defaultValue = requireNonNull(value, "value is null");
    return this;
  }

  public SettingDraft<T> required() {
    this.required = true;
    return this;
  }

  public SettingDraft<T> positional() {
    this.positional = true;
    return this;
  }

  /** Declares that a different value produces a different output. */
  public SettingDraft<T> identifiesOutput() {
    this.output = true;
    return this;
  }

  /**
   * Declares that the value belongs to the machine that does the work: a temporary directory, a
   * limit on its disk. A job does not record it, so it can continue elsewhere with another value.
   */
  public SettingDraft<T> ofMachine() {
    this.machine = true;
    return this;
  }

  public SettingDraft<T> label(String word) {
    this.label = requireNonNull(word, "word is null");
    return this;
  }

  /**
   * @param words what the value must be, as the end of the sentence "it must be ..."
   */
  @SuppressWarnings("unchecked") // A value that is not a list is its own only item.
  public SettingDraft<T> mustBe(String words, Predicate<T> holds) {
    if (type.isList()) {
      throw new IllegalArgumentException("Constrain the items of " + name + " instead");
    }
    return each(Constraint.mustBe(words, item -> holds.test((T) item)));
  }

  private SettingDraft<T> each(Constraint must) {
    this.constraint = must;
    return this;
  }

  /** Allows only some words. An unknown one is answered with the nearest. */
  public SettingDraft<T> oneOf(List<String> words) {
    this.words = List.copyOf(words);
    return each(Constraint.oneOf(words));
  }

  /** Allows numbers from {@code lowest} to {@code highest}, both included. */
  public SettingDraft<T> between(long lowest, long highest) {
    return each(Constraint.between(lowest, highest));
  }

  /** Allows numbers of at least {@code lowest}. */
  public SettingDraft<T> atLeast(long lowest) {
    return each(Constraint.atLeast(lowest));
  }

  /** Allows only local paths. */
  public SettingDraft<T> local() {
    return each(Constraint.LOCAL);
  }

  public SettingDraft<T> notBlank() {
    return each(Constraint.NOT_BLANK);
  }

  /**
   * Refuses an empty text, which is more often a variable without a value than a wish. The default
   * may be empty.
   *
   * @param meaning what the setting is if it is left out, as the end of a sentence
   */
  public SettingDraft<T> ifLeftOut(String meaning) {
    this.ifLeftOut = requireNonNull(meaning, "meaning is null");
    return this;
  }

  /** Refuses a list that names something twice. */
  public SettingDraft<T> eachOnce() {
    this.eachOnce = true;
    return this;
  }

  /** Completes the setting with its description, as the help shows it. */
  public Setting<T> description(String meaning) {
    this.description = requireNonNull(meaning, "meaning is null");
    return new Setting<>(this);
  }
}
