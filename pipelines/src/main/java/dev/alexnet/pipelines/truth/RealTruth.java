package dev.alexnet.pipelines.truth;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Labels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * ReaL's labels of ILSVRC2012's validation set: a JSON list with a list of labels for each image,
 * in the order of the images' numbers. Labels count the sorted wnids from 0. An empty list means
 * that none of the thousand classes is in the image; such images are not scored.
 */
final class RealTruth implements Truth {
  static final int IMAGES = 50_000;

  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?ILSVRC2012_val_(\\d{8})(?:\\.\\w+)?");

  private final List<List<Integer>> labels;

  private RealTruth(List<List<Integer>> labels) {
    this.labels = labels;
  }

  static RealTruth read(byte[] json, Location file, Labels model) {
    if (!PublishedClasses.are(model)) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "%s has labels of the 1,000 classes of ILSVRC2012, in the order of their wnids; the model has %s, which are others. Score a model that was trained on all classes of ILSVRC2012, or give --truth a CSV file with wnids"
              .formatted(file, model));
    }
    return parse(json, file, model.size());
  }

  /** The same for any classes. */
  static RealTruth parse(byte[] json, Location file, int classes) {
    Integer[][] lists = Json.read(json, Integer[][].class, file);
    if (lists.length != IMAGES) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has %,d lists; ReaL's file has one for each of the %,d validation images of ILSVRC2012. Download real.json again, or write the labels of other images as CSV"
              .formatted(file, lists.length, IMAGES));
    }
    List<List<Integer>> labels = new ArrayList<>(lists.length);
    for (Integer[] list : lists) {
      int number = labels.size() + 1;
      if (list == null || !Arrays.stream(list).allMatch(label -> isLabel(label, classes))) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s: list %,d is %s; it must have labels from 0 to %d. Download real.json again"
                .formatted(file, number, Arrays.toString(list), classes - 1));
      }
      labels.add(Arrays.stream(list).distinct().toList());
    }
    return new RealTruth(labels);
  }

  private static boolean isLabel(Integer label, int classes) {
    return label != null && label >= 0 && label < classes;
  }

  @Override
  public Optional<List<Integer>> rightLabels(String image) {
    int number = number(image);
    return number == 0 ? Optional.empty() : Optional.of(labels.get(number - 1));
  }

  @Override
  public List<String> imagesBesides(Set<String> some) {
    BitSet numbers = new BitSet();
    some.forEach(image -> numbers.set(number(image)));
    return IntStream.rangeClosed(1, IMAGES)
        .filter(number -> !numbers.get(number))
        .mapToObj("ILSVRC2012_val_%08d.JPEG"::formatted)
        .toList();
  }

  /** 0 for other images. */
  private static int number(String image) {
    Matcher name = NAME.matcher(image);
    int number = name.matches() ? Integer.parseInt(name.group(1)) : 0;
    return number <= IMAGES ? number : 0;
  }
}
