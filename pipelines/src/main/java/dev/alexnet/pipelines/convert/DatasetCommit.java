package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.reading.ReadAhead;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetStatistics;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.model.dataset.TfRecordWriter;
import dev.alexnet.pipelines.convert.input.InputRecord;
import dev.alexnet.pipelines.convert.input.InputRecordWriter;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a dataset of the finished shards: merges their summaries, in their order. */
final class DatasetCommit {
  private final ConvertPlan plan;
  private final ObjectStore store;
  private final ConvertedShards converted;

  DatasetCommit(ConvertPlan plan, ObjectStore store) {
    this.plan = plan;
    this.store = store;
    this.converted = new ConvertedShards(store, plan.settings().output());
  }

  /**
   * Writes the manifest and the files that belong to it, and deletes the ledger. Skips what is
   * already done, because an engine may repeat this step.
   *
   * @param arrived the shards
   * @param unindexed what was rejected before it was assigned to a shard
   * @param ignored the names of ignored files and folders
   * @return how many pictures have an EXIF orientation by which they are to be turned; 0 if the
   *     dataset was there already
   * @throws Failure of kind BAD_DATA if every picture was rejected; INPUT_MISSING if there was none
   */
  long run(ArrivedShards arrived, List<Rejection> unindexed, List<String> ignored) {
    long turned = 0;
    if (!Dataset.isAt(store, plan.settings().output())) {
      List<Rejection> rejections =
          unindexed.stream()
              .sorted(
                  Comparator.comparing(Rejection::source)
                      .thenComparingLong(Rejection::offset)
                      .thenComparing(Rejection::image))
              .toList();
      if (arrived.checksums().isEmpty()) {
        throw noPictures(rejections);
      }
      converted.requireAgreement();
      turned = commit(arrived, rejections, ignored);
    }
    ConvertedShards.outputOf(store, plan).finish();
    return turned;
  }

  private long commit(ArrivedShards arrived, List<Rejection> unindexed, List<String> ignored) {
    ConvertSettings settings = plan.settings();
    int shards = arrived.shards();
    List<Rejection> rejections = new ArrayList<>(unindexed);
    List<Shard> files = new ArrayList<>();
    PixelSums sums = new PixelSums(settings.size());
    TreeMap<String, Long> imagesOfClass = new TreeMap<>();
    List<SizeHistogram> sizes = new ArrayList<>();
    long turned = 0;
    List<String> names = new ArrayList<>();
    for (int index = 0; index < shards; index++) {
      names.add(Shard.name(settings.split().title(), index, shards));
    }
    DatasetManifest manifest;
    try (InputRecordWriter inputs =
            new InputRecordWriter(store, settings.output(), settings.split().title());
        ReadAhead<String, ConvertedShards.Finished> finished =
            converted.finished(
                arrived.checksums().keySet().stream().map(names::get).toList(), settings.size())) {
      for (int index = 0; index < shards; index++) {
        if (arrived.checksums().containsKey(index)) {
          ConvertedShards.Finished shard = finished.next();
          ShardSummary summary = shard.summary();
          arrived.require(index, summary);
          files.add(summary.shard());
          sums.add(shard.sums());
          inputs.add(summary.readPictures());
          rejections.addAll(summary.rejections());
          sizes.add(summary.sizes());
          turned += summary.turnedPictures();
          summary.imagesOfClass().forEach((wnid, n) -> imagesOfClass.merge(wnid, n, Long::sum));
        } else {
          files.add(writeEmpty(names.get(index)));
        }
      }
      arrived.requireAllPictures(sums.images() + rejections.size() - unindexed.size());
      converted.refuseForeignFiles(settings.split().title(), shards);
      if (sums.images() == 0) {
        throw noPictures(rejections);
      }
      manifest =
          manifest(
              files, sums.images(), rejections.size(), inWords(imagesOfClass) + inWords(ignored));
      inputs.commit(InputRecord.hashOf(manifest));
    }
    DatasetStatistics statistics =
        DatasetStatistics.of(
            sums.colourStatistics(),
            ofAllClasses(imagesOfClass),
            SizeHistogram.sum(sizes).summary());
    Dataset.commit(store, settings.output(), manifest, sums.meanImage(), statistics, rejections);
    return turned;
  }

  private DatasetManifest manifest(List<Shard> files, long images, long rejected, String contents) {
    ConvertSettings settings = plan.settings();
    return new DatasetManifest(
        DatasetManifest.SCHEMA_VERSION,
        settings.split().title(),
        images,
        rejected,
        settings.size(),
        settings.size(),
        settings.recordSchema(),
        plan.labels().order().title(),
        settings.recordSchema().labelBase(),
        plan.labels().classes(),
        files,
        Collections.emptySortedMap(),
        List.of(),
        plan.identity(),
        plan.source() + "; " + contents);
  }

  /** No picture was assigned to this shard, but the names of the others count it. */
  private Shard writeEmpty(String name) {
    store.write(plan.settings().output().resolve(name), new byte[0]);
    return new TfRecordWriter(OutputStream.nullOutputStream()).shard(name);
  }

  private SortedMap<String, Long> ofAllClasses(Map<String, Long> imagesOfClass) {
    SortedMap<String, Long> all = new TreeMap<>();
    for (ClassLabel label : plan.labels().classes()) {
      all.put(label.wnid(), imagesOfClass.getOrDefault(label.wnid(), 0L));
    }
    return all;
  }

  private String inWords(Map<String, Long> imagesOfClass) {
    if (imagesOfClass.keySet().equals(Set.of(""))) {
      return "images of unknown classes";
    }
    LongSummaryStatistics counts =
        imagesOfClass.values().stream().mapToLong(Long::longValue).summaryStatistics();
    String classes = Quantity.of(plan.labels().size(), "class");
    if (counts.getCount() != plan.labels().size()) {
      classes = counts.getCount() + " of " + classes;
    }
    String each =
        counts.getMin() == counts.getMax()
            ? String.valueOf(counts.getMin())
            : counts.getMin() + " to " + counts.getMax();
    return "images of %s, %s each".formatted(classes, each);
  }

  private static String inWords(List<String> ignored) {
    return ignored.isEmpty()
        ? ""
        : "; %s ignored: %s"
            .formatted(
                Quantity.of(ignored.size(), "name"),
                NameList.of(ignored.stream().sorted().toList()));
  }

  private Failure noPictures(List<Rejection> rejections) {
    Location output = plan.settings().output();
    Dataset.writeRejections(store, output, rejections);
    if (rejections.isEmpty()) {
      return new Failure(
          Failure.Kind.INPUT_MISSING,
          plan.source() + " at " + plan.settings().input() + ": it contains no picture");
    }
    Rejection first = rejections.get(0);
    return new Failure(
        Failure.Kind.BAD_DATA,
        "No picture in %s could be converted; %s rejected. The first was %s in %s at byte %d, rejected as %s: %s. All are listed in %s"
            .formatted(
                plan.settings().input(),
                Quantity.of(rejections.size(), "picture")
                    + (rejections.size() == 1 ? " was" : " were"),
                first.image(),
                first.source(),
                first.offset(),
                first.reason(),
                first.message(),
                output.resolve(Dataset.REJECTED)));
  }
}
