package dev.alexnet.infra.settings;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What every item of a value must be.
 *
 * @param objections what is said after an item that is something else
 */
record Constraint(Predicate<Object> holds, Function<String, String> objections) {
  static final Constraint NONE = mustBe("anything", item -> true);
  static final Constraint LOCAL =
      mustBe("local", item -> !(item instanceof Location location && location.isCloud()));
  static final Constraint NOT_BLANK = mustBe("given", item -> !item.toString().isBlank());

  Constraint {
    requireNonNull(holds, "holds is null");
    requireNonNull(objections, "objections is null");
  }

  static Constraint mustBe(String words, Predicate<Object> holds) {
    return new Constraint(holds, text -> "; it must be " + words);
  }

  static Constraint oneOf(List<String> words) {
    return new Constraint(words::contains, text -> Suggestion.forWord(text, words));
  }

  static Constraint between(long lowest, long highest) {
    return mustBe(
        lowest + " to " + highest,
        item -> isAtLeast(item, lowest) && ((Number) item).doubleValue() <= (double) highest);
  }

  static Constraint atLeast(long lowest) {
    return mustBe("at least " + lowest, item -> isAtLeast(item, lowest));
  }

  private static boolean isAtLeast(Object item, long lowest) {
    return ((Number) item).doubleValue() >= (double) lowest;
  }

  boolean allows(Object item) {
    return holds.test(item);
  }

  String objection(String text) {
    return objections.apply(text);
  }
}
