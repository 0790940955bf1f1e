package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.source.PictureSource;
import java.util.Map;
import java.util.Optional;

/** A dataset that may be at the output already. */
final class ExistingDataset {
  private final ObjectStore store;
  private final Location output;
  private Optional<Dataset> dataset;

  ExistingDataset(ObjectStore store, Location output) {
    this.store = store;
    this.output = output;
  }

  /** Refuses to reuse a dataset that differs in one thing only, and says in words how. */
  void refuseIfOther(ConvertPlan plan, PictureSource source) {
    Dataset there = dataset().orElse(null);
    if (there == null) {
      return;
    }
    refuseOtherOrder(plan, there);
    refuseOtherNames(plan, there);
    refuseOtherPictures(plan, source, there);
  }

  private static void refuseOtherOrder(ConvertPlan plan, Dataset dataset) {
    Labels there = dataset.manifest().labels();
    if (there.order() != plan.labels().order()
        && there.size() == plan.labels().size()
        && there.classes().containsAll(plan.labels().classes())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s holds a dataset of %s. The first is the existing dataset, the second is what was asked for. Choose another --output, or keep that order with --class-order %s"
              .formatted(
                  dataset.location(),
                  there.differenceFrom(plan.labels()),
                  there.order() == LabelOrder.WNID ? "text" : "auto"));
    }
  }

  /** The identity has only a hash of the classes, which says nothing to people. */
  private static void refuseOtherNames(ConvertPlan plan, Dataset dataset) {
    if (!plan.differsOnlyInLabels(dataset.manifest().settings())) {
      return;
    }
    Labels there = dataset.manifest().labels();
    String difference = there.differenceFrom(plan.labels());
    for (int label = 0; difference.isEmpty() && label < there.size(); label++) {
      String before = there.classOf(label).name();
      String now = plan.labels().classOf(label).name();
      if (!before.equals(now)) {
        difference =
            "label %d, %s, is named '%s' there and '%s' now"
                .formatted(label, there.classOf(label).wnid(), before, now);
      }
    }
    throw new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "%s holds a dataset of other classes or names of classes: %s. Choose another --output, or give the classes their names of before"
            .formatted(dataset.location(), difference));
  }

  private void refuseOtherPictures(ConvertPlan plan, PictureSource source, Dataset dataset) {
    if (!plan.differsOnlyInPictures(dataset.manifest().settings())) {
      return;
    }
    ConvertSettings settings = plan.settings();
    String change;
    try {
      PictureChange all = PictureChange.between(store, dataset, source);
      boolean isSelection = settings.limit() > 0 || settings.perClass() > 0;
      change = (isSelection ? all.ofSelection() : all).inWords();
    } catch (Failure e) {
      // A damaged dataset is refused later, with a better message.
      return;
    }
    throw madeFromOthers(plan, change);
  }

  /**
   * The identity of the plan that the dataset was made by; empty if there is none, or it is
   * damaged: that is refused later, with a better message.
   */
  Optional<Map<String, String>> identity() {
    return dataset().map(there -> there.manifest().settings());
  }

  /** Empty if there is none, or it is damaged: that is refused later, with a better message. */
  Optional<DatasetManifest> manifest() {
    return dataset().map(Dataset::manifest);
  }

  /** Reads the manifest once. */
  private Optional<Dataset> dataset() {
    if (dataset == null) {
      try {
        dataset =
            Dataset.isAt(store, output)
                ? Optional.of(Dataset.withoutShards(store, output))
                : Optional.empty();
      } catch (Failure e) {
        // A damaged dataset is refused later, with a better message.
        dataset = Optional.empty();
      }
    }
    return dataset;
  }

  /**
   * @param change of the pictures, in words
   */
  Failure madeFromOthers(ConvertPlan plan, String change) {
    return Failure.advising(
        Failure.Kind.OUTPUT_EXISTS,
        "%s was made from other pictures than %s has now: %s"
            .formatted(output, plan.settings().input(), change),
        "Choose another directory for the new pictures, or delete this one and what was made from it");
  }
}
