package dev.alexnet.ops.inspection;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetStatistics;
import dev.alexnet.model.dataset.PictureSizes;
import dev.alexnet.model.dataset.RecordSchema;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.ops.console.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An inspected dataset for machines, and as a table.
 *
 * @param images how many sound records it has
 * @param unlabelled how many of them have no label
 * @param imageSize height and width in pixels
 * @param imagesOfClass by wnid
 * @param rejected pictures by reason
 * @param statistics as they are stored; null if they cannot be read
 */
record DatasetFacts(
    String kind,
    Location directory,
    String split,
    long images,
    long unlabelled,
    int imageSize,
    int classes,
    SortedMap<String, Long> imagesOfClass,
    int shards,
    long bytes,
    RecordSchema recordSchema,
    List<String> operations,
    SortedMap<String, Long> rejected,
    DatasetStatistics statistics,
    String source,
    Map<String, String> settings) {

  static Inspection inspection(Location directory, DatasetInspection inspected) {
    DatasetManifest manifest = inspected.manifest();
    SortedMap<String, Long> imagesOfClass = new TreeMap<>();
    for (int label = 0; label < manifest.classes().size(); label++) {
      ClassLabel of = manifest.classes().get(label);
      imagesOfClass.put(of.wnid(), inspected.imagesOfLabel().get(label));
    }
    DatasetFacts facts =
        new DatasetFacts(
            "dataset",
            directory,
            manifest.split(),
            inspected.records(),
            inspected.unlabelled(),
            manifest.imageSize(),
            manifest.classes().size(),
            imagesOfClass,
            manifest.shards().size(),
            manifest.shards().stream().mapToLong(Shard::bytes).sum(),
            manifest.recordSchema(),
            manifest.operations(),
            inspected.rejected(),
            inspected.statistics(),
            manifest.source(),
            manifest.settings());
    return new Inspection(
        facts.kind(),
        format("%s, %,d images of %,d classes", facts.split(), facts.images(), facts.classes()),
        facts.table()::on,
        facts,
        inspected.findings());
  }

  private Table table() {
    Table table = new Table("dataset", directory.value());
    table.row("split", split);
    table.row("images", format("%,d of %d × %d pixels", images, imageSize, imageSize));
    table.row("classes", classesInWords());
    table.row("shards", format("%,d, %,d bytes", shards, bytes));
    table.row("records", recordSchema + ", labels from " + recordSchema.labelBase());
    table.row("operations", operations.isEmpty() ? "-" : String.join(" | ", operations));
    table.row("rejected", rejectedInWords());
    if (statistics == null) {
      table.row("statistics", "unknown");
    } else {
      table.row("mean colour", numbers(statistics.colours().meanColour()));
      table.row("eigenvalues", numbers(statistics.colours().eigenvalues()));
      table.row("standard deviations", numbers(statistics.standardDeviations()));
      table.row("widths of pictures", inWords(statistics.pictures().width()));
      table.row("heights", inWords(statistics.pictures().height()));
      table.row("shorter sides", inWords(statistics.pictures().shorterSide()));
    }
    table.row("source", source);
    return table;
  }

  private String classesInWords() {
    long[] counts =
        imagesOfClass.values().stream().mapToLong(Long::longValue).filter(n -> n > 0).toArray();
    Arrays.sort(counts);
    StringBuilder text = new StringBuilder(format("%,d", classes));
    if (counts.length > 0) {
      long least = counts[0];
      long most = counts[counts.length - 1];
      text.append(
          least == most
              ? format(most == 1 ? ", 1 image each" : ", %,d images each", most)
              : format(
                  ", %,d to %,d images each, median %,d",
                  least, most, counts[(counts.length - 1) / 2]));
    }
    if (counts.length < classes) {
      text.append(format("; %,d without images", classes - counts.length));
    }
    if (unlabelled > 0) {
      text.append(format("; %,d images without a label", unlabelled));
    }
    return text.toString();
  }

  private String rejectedInWords() {
    long sum = rejected.values().stream().mapToLong(Long::longValue).sum();
    return rejected.isEmpty()
        ? "0"
        : format("%,d: ", sum)
            + rejected.entrySet().stream()
                .map(entry -> format("%,d %s", entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
  }

  private static String inWords(PictureSizes.Range range) {
    return format("%,d to %,d pixels, median %,d", range.least(), range.greatest(), range.median());
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(value -> format("%.2f", value)).collect(Collectors.joining("  "));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
