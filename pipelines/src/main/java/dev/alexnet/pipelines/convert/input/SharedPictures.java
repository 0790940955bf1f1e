package dev.alexnet.pipelines.convert.input;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Pictures that the dataset of another split, beside a dataset, was made from too: files with the
 * same length and CRC-32C. Errors on one split are too low if a model was trained on the other.
 */
public final class SharedPictures {
  private SharedPictures() {}

  /**
   * Compares the records of a dataset and of those in the same directory; in a bucket, each is
   * fetched whole.
   *
   * @return a warning for each that shares pictures
   */
  public static List<String> beside(ObjectStore store, Location dataset) {
    List<Location> others = new ArrayList<>();
    for (String name : store.list(dataset.parent())) {
      Location other =
          name.endsWith("/")
              ? dataset.parent().resolve(name.substring(0, name.length() - 1))
              : dataset;
      if (!other.equals(dataset) && store.exists(InputRecord.at(other))) {
        others.add(other);
      }
    }
    Map<PictureContent, String> own = new HashMap<>();
    Optional<InputRecord.Summary> summary =
        others.isEmpty()
            ? Optional.empty()
            : InputRecord.read(
                store,
                dataset,
                picture -> own.putIfAbsent(PictureContent.of(picture), picture.id()));
    List<String> warnings = new ArrayList<>();
    if (summary.isPresent()) {
      others.forEach(
          other -> warning(store, dataset, own, summary.get(), other).ifPresent(warnings::add));
    }
    return warnings;
  }

  private static Optional<String> warning(
      ObjectStore store,
      Location dataset,
      Map<PictureContent, String> own,
      InputRecord.Summary summary,
      Location other) {
    TreeMap<String, String> shared = new TreeMap<>();
    try {
      Optional<InputRecord.Summary> there =
          InputRecord.read(
              store,
              other,
              picture -> {
                String here = own.get(PictureContent.of(picture));
                if (here != null) {
                  shared.putIfAbsent(here, picture.id());
                }
              });
      if (shared.isEmpty() || there.get().split().equals(summary.split())) {
        return Optional.empty();
      }
    } catch (Failure e) {
      // A record of another dataset that cannot be read is not this command's business.
      return Optional.empty();
    }
    return Optional.of(
        "Warning: %s also in %s, first %s (there %s). Errors are too low if a model is trained on one and scored on the other; 'alexnet inspect %s --leaks %s' lists them"
            .formatted(
                Quantity.of(shared.size(), "picture") + (shared.size() == 1 ? " is" : " are"),
                other,
                shared.firstKey(),
                shared.firstEntry().getValue(),
                dataset,
                other));
  }
}
