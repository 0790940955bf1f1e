package dev.alexnet.pipelines.truth;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Right labels as CSV: a line has an image's name and its labels, separated by spaces; a line
 * without labels is an image that shows none of the classes. A label is a class's wnid or its
 * number, from 0 in the model's order, also as {@code 4.0}. A heading such as {@code image,label}
 * is optional.
 */
final class CsvTruth implements Truth {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Set<String> NAMES =
      Set.of("name", "image", "images", "file", "filename", "file_name", "path", "id", "image_id");
  private static final Set<String> LABELS =
      Set.of("labels", "label", "wnid", "wnids", "class", "classes", "synset", "target", "truth");
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).build();

  private final Map<String, List<Integer>> labelsOfImage;

  private CsvTruth(Map<String, List<Integer>> labelsOfImage) {
    this.labelsOfImage = labelsOfImage;
  }

  static CsvTruth read(byte[] csv, Location file, Labels model) {
    Map<String, List<Integer>> labels = new LinkedHashMap<>();
    try (Reader text =
            new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8);
        CSVParser lines = FORMAT.parse(text)) {
      for (CSVRecord line : lines) {
        add(line, lines.getCurrentLineNumber(), file, model, labels);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA, "%s is not a CSV file: %s".formatted(file, e.getMessage()), e);
    }
    if (labels.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " has no line; write one for each image, such as a.JPEG,n01440764 n01443537");
    }
    return new CsvTruth(labels);
  }

  private static void add(
      CSVRecord line,
      long number,
      Location file,
      Labels model,
      Map<String, List<Integer>> labelsOfImage) {
    String where = file + " line " + Math.max(1, number);
    if (line.size() == 1 && (line.get(0).contains(";") || line.get(0).contains("\t"))) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has %s where the comma should be: '%s'. Write a comma between the name and the labels, and spaces between labels"
              .formatted(
                  where,
                  line.get(0).contains(";") ? "a semicolon" : "a tab",
                  line.get(0).replace('\t', ' ')));
    }
    if (line.size() != 2 || line.get(0).isBlank()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has %s; a line is a name, a comma and labels separated by spaces, such as a.JPEG,n01440764 n01443537"
              .formatted(where, Quantity.of(line.size(), "column")));
    }
    String name = withoutMark(line);
    if (line.getRecordNumber() == 1 && isHeading(name, line.get(1), model)) {
      return;
    }
    List<Integer> labels = new ArrayList<>();
    for (String label : line.get(1).strip().split(" +", -1)) {
      if (!label.isEmpty()) {
        labels.add(labelOf(label, where, model));
      }
    }
    if (labelsOfImage.put(name, labels.stream().distinct().toList()) != null) {
      throw new Failure(
          Failure.Kind.BAD_DATA, "%s: %s has a line before; keep one".formatted(where, name));
    }
  }

  private static boolean isHeading(String name, String label, Labels model) {
    String second = label.strip().toLowerCase(Locale.ROOT);
    return NAMES.contains(name.strip().toLowerCase(Locale.ROOT))
        && LABELS.contains(second)
        && model.labelOf(label.strip()).isEmpty();
  }

  private static String withoutMark(CSVRecord line) {
    String name = line.get(0);
    return line.getRecordNumber() == 1 && name.startsWith(BYTE_ORDER_MARK)
        ? name.substring(1)
        : name;
  }

  private static int labelOf(String text, String where, Labels model) {
    OptionalInt ofName = model.labelOf(text);
    OptionalInt plain = PlainNumber.whole(text);
    if (ofName.isEmpty() && plain.isPresent()) {
      // Classes can have numbers as names, which lists may write as 2.0.
      ofName = model.labelOf(Integer.toString(plain.getAsInt()));
    }
    OptionalInt number = numberOf(text, model.size());
    if (ofName.isPresent() && number.isPresent() && ofName.getAsInt() != number.getAsInt()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s: '%s' can be the class of this name, which has the label %d, or the label %s, which is the class %s. Rename the classes, or leave this image out"
              .formatted(
                  where, text, ofName.getAsInt(), text, model.classOf(number.getAsInt()).wnid()));
    }
    if (ofName.isPresent()) {
      return ofName.getAsInt();
    }
    return number.orElseThrow(
        () ->
            new Failure(
                Failure.Kind.MISMATCH,
                "%s: '%s' is neither a class of the model nor a label from 0 to %d"
                    .formatted(where, text, model.size() - 1)));
  }

  private static OptionalInt numberOf(String text, int classes) {
    OptionalInt number = PlainNumber.whole(text);
    return number.isPresent() && number.getAsInt() >= 0 && number.getAsInt() < classes
        ? number
        : OptionalInt.empty();
  }

  @Override
  public Optional<List<Integer>> rightLabels(String image) {
    return Optional.ofNullable(labelsOfImage.get(image));
  }

  @Override
  public List<String> imagesBesides(Set<String> some) {
    return labelsOfImage.keySet().stream().filter(image -> !some.contains(image)).toList();
  }
}
