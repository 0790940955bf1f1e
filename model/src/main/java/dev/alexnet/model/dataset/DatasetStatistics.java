package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code statistics.json}: the statistics of a converted dataset. They are sums of integers, so
 * engine, order and interruptions do not change them. An augmented dataset has the statistics of
 * the dataset that it was made from.
 *
 * @param colours of the images' pixels
 * @param standardDeviations along the three principal colours, on values of 0 to 255: the factors
 *     of the draws for colour noise; the square roots of the eigenvalues
 * @param imagesOfClass how many images each class has, by wnid; images without a class are not
 *     counted
 * @param pictures the sizes of the source pictures that are in the dataset
 */
public record DatasetStatistics(
    ColourStatistics colours,
    List<Double> standardDeviations,
    SortedMap<String, Long> imagesOfClass,
    PictureSizes pictures) {

  public DatasetStatistics {
    new Problems("statistics")
        .require(colours != null, "colours is missing")
        .require(
            colours == null || deviations(colours).equals(standardDeviations),
            "standardDeviations are %s; they must be the square roots of the eigenvalues",
            standardDeviations)
        .require(imagesOfClass != null, "imagesOfClass is missing")
        .require(pictures != null, "pictures is missing")
        .throwIfAny();
    standardDeviations = List.copyOf(standardDeviations);
    imagesOfClass = Collections.unmodifiableSortedMap(new TreeMap<>(imagesOfClass));
  }

  public static DatasetStatistics of(
      ColourStatistics colours, SortedMap<String, Long> imagesOfClass, PictureSizes pictures) {
    return new DatasetStatistics(colours, deviations(colours), imagesOfClass, pictures);
  }

  private static List<Double> deviations(ColourStatistics colours) {
    return colours.eigenvalues().stream().map(Math::sqrt).toList();
  }
}
