package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.image.ResizeMethod;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What to convert, and how.
 *
 * @param input the directory with the archives, a list or class folders; or one archive, or the
 *     list
 * @param output the directory of the dataset
 * @param split {@code train}, {@code validation} or {@code test}
 * @param layout one of {@link #LAYOUTS}
 * @param devkit the devkit's archive or folder; null to look for it in {@code input}
 * @param classes {@code all}, {@code present}, or a file with a wnid a line
 * @param classOrder one of {@link #CLASS_ORDERS}
 * @param shards how many files to write; 0 chooses by the number of images
 * @param size height and width of the images in pixels
 * @param quality of the JPEGs, 1 to 100
 * @param resize one of {@link #RESIZES}, the names of {@link ResizeMethod}
 * @param recordSchema one of {@link RecordSchema#NAMES}
 * @param seed of the order of the images
 * @param perClass convert only so many images of each class, chosen by the seed; 0 for all
 * @param limit convert only so many images of those, chosen by the seed; 0 for all
 * @param maxRejected with more rejected pictures than this, the run ends as failed after all else
 *     is written
 */
public record ConvertSettings(
    Location input,
    Location output,
    String split,
    String layout,
    Location devkit,
    String classes,
    String classOrder,
    int shards,
    int size,
    int quality,
    String resize,
    String recordSchema,
    long seed,
    long perClass,
    long limit,
    long maxRejected)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final List<String> SPLITS = List.of("train", "validation", "test");
  public static final List<String> LAYOUTS =
      List.of("auto", "ilsvrc2012", "ilsvrc2010", "csv", "folders");

  /** {@code auto}: classes that are all numbers stand in the order of the numbers. */
  public static final List<String> CLASS_ORDERS = List.of("auto", "text");

  public static final List<String> RESIZES = List.of("area", "pillow", "bilinear");

  public ConvertSettings {
    new Problems("convert")
        .require(input != null, "input is missing")
        .require(output != null, "output is missing")
        .require(
            SPLITS.contains(split), "split is '%s'%s", split, Suggestion.forWord(split, SPLITS))
        .require(
            LAYOUTS.contains(layout),
            "layout is '%s'%s",
            layout,
            Suggestion.forWord(layout, LAYOUTS))
        .require(classes != null && !classes.isBlank(), "classes is empty")
        .require(
            CLASS_ORDERS.contains(classOrder),
            "class-order is '%s'%s",
            classOrder,
            Suggestion.forWord(classOrder, CLASS_ORDERS))
        .require(shards >= 0 && shards <= 99_999, "shards is %s; it must be 0 to 99999", shards)
        .require(size >= 16 && size <= 4096, "size is %s; it must be 16 to 4096", size)
        .require(quality >= 1 && quality <= 100, "quality is %s; it must be 1 to 100", quality)
        .require(
            RESIZES.contains(resize),
            "resize is '%s'%s",
            resize,
            Suggestion.forWord(resize, RESIZES))
        .require(
            RecordSchema.NAMES.contains(recordSchema),
            "record-schema is '%s'%s",
            recordSchema,
            Suggestion.forWord(recordSchema, RecordSchema.NAMES))
        .require(perClass >= 0, "per-class is %s; it must be at least 0", perClass)
        .require(limit >= 0, "limit is %s; it must be at least 0", limit)
        .require(maxRejected >= 0, "max-rejected is %s; it must be at least 0", maxRejected)
        .throwIfAny();
  }

  RecordSchema schema() {
    return RecordSchema.of(recordSchema);
  }

  ResizeMethod resizeMethod() {
    return ResizeMethod.valueOf(resize.toUpperCase(Locale.ROOT));
  }
}
