package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.image.Orientation;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What every worker must know: the settings, and what was found in the source before the start.
 *
 * @param source a description of the pictures
 * @param fingerprint a hash that identifies the pictures, independent of their location
 */
record ConvertPlan(ConvertSettings settings, Labels labels, String source, String fingerprint)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String LABELS = "labels";
  private static final String PICTURES = "pictures";

  ConvertPlan {
    requireNonNull(settings, "settings is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(source, "source is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }

  static ConvertPlan of(ObjectStore store, ConvertSettings settings, PictureSource source) {
    return of(store, settings, source, SourcePart.Files.NONE);
  }

  /**
   * The same.
   *
   * @param files is told of the files that hold the pictures
   */
  static ConvertPlan of(
      ObjectStore store, ConvertSettings settings, PictureSource source, SourcePart.Files files) {
    return new ConvertPlan(
        settings, source.labels(), source.description(), source.fingerprint(store, files));
  }

  PictureOrder order() {
    return new PictureOrder(settings.seed());
  }

  /** How many shards to write for a number of pictures. */
  int shards(long pictures) {
    return ShardCount.of(pictures, settings.shards());
  }

  /**
   * Everything that determines the content of the dataset, by name, and no path: the source and the
   * output may be moved. Plans with the same identity make the same dataset.
   */
  SortedMap<String, String> identity() {
    SortedMap<String, String> identity = settings.identity();
    if (settings.orientation() == Orientation.APPLY) {
      // Not named if it is ignored: datasets from before the setting are the same.
      identity.put(Orientation.SETTING.name(), "apply");
    }
    identity.put(LABELS, labelsInWords());
    identity.put(PICTURES, "SHA-256 " + fingerprint);
    return identity;
  }

  /** Whether a plan with this identity reads other pictures, and is the same otherwise. */
  boolean differsOnlyInPictures(Map<String, String> other) {
    return differsOnlyIn(PICTURES, other);
  }

  /** Whether a plan with this identity has other classes, and is the same otherwise. */
  boolean differsOnlyInLabels(Map<String, String> other) {
    return differsOnlyIn(LABELS, other);
  }

  private boolean differsOnlyIn(String key, Map<String, String> other) {
    Map<String, String> adapted = new TreeMap<>(other);
    SortedMap<String, String> own = identity();
    String before = adapted.put(key, own.get(key));
    return before != null && !before.equals(own.get(key)) && adapted.equals(own);
  }

  /** Whether a plan with this identity gives its pictures other labels or names of classes. */
  boolean differsInLabels(Map<String, String> other) {
    return !identity().get(LABELS).equals(other.get(LABELS));
  }

  private String labelsInWords() {
    String order = labels.order() == LabelOrder.NUMBER ? " in the order of their numbers" : "";
    return labels + order + ", SHA-256 " + Sha256.of(Json.document(labels.classes()));
  }
}
