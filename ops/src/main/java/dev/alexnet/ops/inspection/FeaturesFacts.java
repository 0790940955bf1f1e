package dev.alexnet.ops.inspection;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Table;
import dev.alexnet.pipelines.features.Features;
import dev.alexnet.pipelines.features.FeaturesManifest;
import java.util.Locale;

/**
 * Inspected features for machines, and as a table.
 *
 * @param features as their manifest describes them
 */
record FeaturesFacts(String kind, Location directory, FeaturesManifest features) {

  static boolean isAt(ObjectStore store, Location directory) {
    return store.exists(directory.resolve(FeaturesManifest.FILE))
        && store.exists(directory.resolve(FeaturesManifest.IMAGES));
  }

  static Inspection inspection(ObjectStore store, Location directory) {
    Features features = Features.open(store, directory);
    FeaturesFacts facts = new FeaturesFacts("features", directory, features.manifest());
    return new Inspection(
        facts.kind(),
        facts.size(),
        facts.table()::on,
        facts,
        DamagedFiles.findings(directory, features.damagedFiles(), "features"));
  }

  private String size() {
    return String.format(
        Locale.ROOT, "%,d images, %,d values each", features.images(), features.values());
  }

  private Table table() {
    Table table = new Table("features", directory.value());
    table.row("size", size());
    table.row("undecodable", String.format(Locale.ROOT, "%,d", features.undecodable()));
    table.row("views", String.valueOf(features.views()));
    table.row("formats", String.join(", ", features.formats()));
    table.row("dataset", features.dataset());
    table.row("model", features.model());
    table.row("shards", String.format(Locale.ROOT, "%,d", features.shards().size()));
    return table;
  }
}
