package dev.alexnet.model.augmentation;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.model.augmentation.Operation.CentreCrop;
import dev.alexnet.model.augmentation.Operation.Colour;
import dev.alexnet.model.augmentation.Operation.Flip;
import dev.alexnet.model.augmentation.Operation.RandomCrop;
import dev.alexnet.model.augmentation.Operation.ResizeSmall;
import dev.alexnet.model.augmentation.Operation.TenViews;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a list of operations: names with their values, separated by bars. It collects all problems
 * with their position in the text, counted from 1.
 */
final class OperationParser {
  private static final List<String> NAMES =
      List.of(
          ResizeSmall.NAME,
          RandomCrop.NAME,
          CentreCrop.NAME,
          TenViews.NAME,
          Flip.NAME,
          Colour.NAME);
  private static final Pattern FORM =
      Pattern.compile("(?<name>[A-Za-z_]+)\\s*(?<values>\\(\\s*(?<value>[^()]*?)\\s*\\))?");
  private static final Pattern WHOLE = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,9})?");
  private static final int LARGEST_SIZE = 4096;
  private static final double LARGEST_STRENGTH = 10;

  private final String text;
  private final Problems problems;
  private final List<Operation> operations = new ArrayList<>();
  private final List<Integer> positions = new ArrayList<>();

  OperationParser(String text) {
    this.text = text;
    this.problems = new Problems("operations '" + text + "'");
  }

  Augmentation augmentation() {
    int start = 1;
    for (String part : text.split("\\|", -1)) {
      int blanks = part.length() - part.stripLeading().length();
      read(part.strip(), start + blanks);
      start += part.length() + 1;
    }
    problems.throwIfAny();
    for (Contradiction found : Contradiction.in(operations)) {
      wrong(positions.get(found.index()), found.message());
    }
    problems.throwIfAny();
    return new Augmentation(operations);
  }

  private void read(String part, int position) {
    Matcher form = FORM.matcher(part);
    if (part.isEmpty()) {
      wrong(position, "an operation is missing");
    } else if (!form.matches()) {
      wrong(position, "'" + part + "' is not of the form name or name(value)");
    } else if (!NAMES.contains(form.group("name"))) {
      String name = form.group("name");
      wrong(position, "'" + name + "' is not an operation" + Suggestion.forWord(name, NAMES));
    } else {
      positions.add(position);
      operations.add(operation(form, position));
    }
  }

  private Operation operation(Matcher form, int position) {
    return switch (form.group("name")) {
      case ResizeSmall.NAME -> new ResizeSmall(size(form, position));
      case RandomCrop.NAME -> new RandomCrop(size(form, position));
      case CentreCrop.NAME -> new CentreCrop(size(form, position));
      case TenViews.NAME -> new TenViews(size(form, position));
      case Colour.NAME -> new Colour(strength(form, position));
      case Flip.NAME -> flip(form, position);
      default -> throw new IllegalStateException("A known name without an operation: " + form);
    };
  }

  private Flip flip(Matcher form, int position) {
    if (form.group("values") != null) {
      wrong(position + form.start("values"), "flip takes no value");
    }
    return new Flip();
  }

  private int size(Matcher form, int position) {
    String value = form.group("value");
    boolean right =
        value != null && WHOLE.matcher(value).matches() && Integer.parseInt(value) <= LARGEST_SIZE;
    if (!right) {
      wrongValue(form, position, "a whole number of pixels from 1 to " + LARGEST_SIZE, "224");
    }
    return right ? Integer.parseInt(value) : 1;
  }

  private double strength(Matcher form, int position) {
    String value = form.group("value");
    double strength =
        value != null && DECIMAL.matcher(value).matches() ? Double.parseDouble(value) : 0;
    if (strength == 0 || strength > LARGEST_STRENGTH) {
      wrongValue(form, position, "a number above 0 and up to 10", "0.1");
    }
    return strength;
  }

  private void wrongValue(Matcher form, int position, String rule, String example) {
    String name = form.group("name");
    String value = form.group("value");
    wrong(
        value == null ? position : position + form.start("value"),
        "%s takes %s, as in %s(%s)%s"
            .formatted(name, rule, name, example, value == null ? "" : ", not '" + value + "'"));
  }

  private void wrong(int position, String message) {
    problems.add("at " + position + ": " + message);
  }
}
