package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.source.PictureSource;
import java.io.Serializable;
import java.util.SortedMap;

/**
 * What every worker must know: the settings, and what was recognised before the start.
 *
 * @param source the pictures, in words
 * @param fingerprint what identifies them, wherever they lie
 */
record ConvertPlan(ConvertSettings settings, Labels labels, String source, String fingerprint)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  ConvertPlan {
    requireNonNull(settings, "settings is null");
    requireNonNull(labels, "labels is null");
    requireNonNull(source, "source is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }

  static ConvertPlan of(ObjectStore store, ConvertSettings settings, PictureSource source) {
    return new ConvertPlan(
        settings, source.labels(), source.description(), source.fingerprint(store));
  }

  PictureOrder order() {
    return new PictureOrder(settings.seed());
  }

  /** How many shards a number of pictures is written to. */
  int shards(long pictures) {
    return ShardCount.of(pictures, settings.shards());
  }

  /**
   * All that decides the content of the dataset, by name, and no path: the source and the output
   * may be moved. Two plans with equal ones are equal.
   */
  SortedMap<String, String> identity() {
    SortedMap<String, String> identity = settings.identity();
    identity.put("labels", labelsInWords());
    identity.put("pictures", "SHA-256 " + fingerprint);
    return identity;
  }

  private String labelsInWords() {
    String order = labels.order() == LabelOrder.NUMBER ? " in the order of their numbers" : "";
    return labels + order + ", SHA-256 " + Sha256.of(Json.document(labels.classes()));
  }
}
