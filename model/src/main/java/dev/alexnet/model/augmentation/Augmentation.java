package dev.alexnet.model.augmentation;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An ordered list of operations, written {@code random_crop(224) | flip | colour(0.1)}.
 *
 * @param operations in their order
 */
public record Augmentation(List<Operation> operations) {
  private static final List<String> NAMES = List.of("random_crop", "flip", "colour");
  private static final Pattern FORM = Pattern.compile("([a-z_]+)(?:\\(([^()]*)\\))?");
  private static final int LARGEST_CROP = 4096;

  public Augmentation {
    operations = List.copyOf(operations);
    new Problems("operations")
        .require(
            operations.stream().map(Operation::getClass).distinct().count() == operations.size(),
            "an operation occurs twice in '%s'",
            operations.stream().map(Operation::text).toList())
        .throwIfAny();
  }

  /** The published augmentation for a network's input size. */
  public static Augmentation published(int inputSize) {
    return new Augmentation(
        List.of(
            new Operation.RandomCrop(inputSize), new Operation.Flip(), new Operation.Colour(0.1)));
  }

  /**
   * @throws Failure of kind USAGE that names the part that is wrong and suggests the nearest word
   */
  public static Augmentation parse(String text) {
    List<Operation> operations = new ArrayList<>();
    Problems problems = new Problems("operations '" + text + "'");
    for (String part : text.split("\\|", -1)) {
      try {
        operations.add(operation(part.trim()));
      } catch (Failure e) {
        problems.add(e.getMessage());
      }
    }
    problems.throwIfAny();
    return new Augmentation(operations);
  }

  private static Operation operation(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw wrong(text, "write an operation as name or name(value)");
    }
    String name = matcher.group(1);
    String argument = matcher.group(2);
    return switch (name) {
      case "random_crop" ->
          new Operation.RandomCrop((int) number(text, argument, 1, LARGEST_CROP, true));
      case "flip" -> flip(text, argument);
      case "colour" -> new Operation.Colour(number(text, argument, 0, 10, false));
      default ->
          throw wrong(text, "'" + name + "' is no operation" + Suggestion.forWord(name, NAMES));
    };
  }

  private static Operation flip(String text, String argument) {
    if (argument != null) {
      throw wrong(text, "flip takes no value");
    }
    return new Operation.Flip();
  }

  private static double number(
      String text, String argument, double least, double most, boolean whole) {
    String rule = "it takes a " + (whole ? "whole " : "") + "number from " + least + " to " + most;
    if (argument == null) {
      throw wrong(text, rule);
    }
    double value;
    try {
      value = Double.parseDouble(argument.trim());
    } catch (NumberFormatException e) {
      throw new Failure(Failure.Kind.USAGE, "'" + text + "': " + rule, e);
    }
    if (!(value >= least && value <= most) || (whole && value != Math.rint(value))) {
      throw wrong(text, rule);
    }
    return value;
  }

  private static Failure wrong(String text, String rule) {
    return new Failure(Failure.Kind.USAGE, "'" + text + "': " + rule);
  }

  /** The operations' texts, as a manifest stores them. */
  public List<String> texts() {
    return operations.stream().map(Operation::text).toList();
  }

  /** Whether colours are disturbed, which the published training answers by a smaller scale. */
  public boolean hasColour() {
    return operations.stream().anyMatch(Operation.Colour.class::isInstance);
  }

  /**
   * The size of the images after all operations.
   *
   * @throws Failure of kind USAGE where a crop is larger than the image
   */
  public int outputSize(int imageSize) {
    int size = imageSize;
    for (Operation operation : operations) {
      if (operation instanceof Operation.RandomCrop crop) {
        if (crop.size() > size) {
          throw wrong(crop.text(), "the images are " + size + " pixels wide; crop less");
        }
        size = crop.size();
      }
    }
    return size;
  }

  @Override
  public String toString() {
    return operations.stream().map(Operation::text).collect(Collectors.joining(" | "));
  }
}
