package dev.alexnet.model.dataset;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.DamagedTransferException;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/** Reads one shard completely and compares it with the manifest. Not thread-safe. */
final class ShardInspection {
  private final Location file;
  private final DatasetManifest manifest;
  private final Shard shard;
  private final ExampleCodec codec;
  private final LongConsumer recordsDone;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> fileNames = new HashSet<>();
  private final long[] imagesOfLabel;
  private long records;
  private long unlabelled;
  private boolean damaged;

  /**
   * @param recordsDone is called after each record
   */
  private ShardInspection(
      Location directory, DatasetManifest manifest, Shard shard, LongConsumer recordsDone) {
    this.file = directory.resolve(shard.name());
    this.manifest = manifest;
    this.shard = shard;
    this.codec = manifest.codec();
    this.recordsDone = recordsDone;
    this.imagesOfLabel = new long[manifest.classes().size()];
  }

  /** Reads a shard, and once more if its bytes were changed on their way here. */
  static ShardInspection of(
      ObjectStore store,
      Location directory,
      DatasetManifest manifest,
      Shard shard,
      LongConsumer recordsDone) {
    try {
      return new ShardInspection(directory, manifest, shard, recordsDone).run(store);
    } catch (Failure e) {
      if (!DamagedTransferException.isCauseOf(e)) {
        throw e;
      }
      return new ShardInspection(directory, manifest, shard, count -> {}).run(store);
    }
  }

  private ShardInspection run(ObjectStore store) {
    if (!store.exists(file)) {
      report("it is missing; run the command that made the dataset again");
      return this;
    }
    long crc;
    try (SeekableByteChannel channel = store.open(file)) {
      if (channel.size() != shard.bytes()) {
        report("it has %,d bytes; the manifest says %,d".formatted(channel.size(), shard.bytes()));
      }
      crc = new RecordScan(channel, new Records()).run();
    } catch (IOException e) {
      throw Failure.inputOutput("read", file, e);
    }
    if (records != shard.records()) {
      report(
          "%,d of its records are intact; the manifest says %,d"
              .formatted(records, shard.records()));
    }
    if (!damaged && crc != shard.crc32c()) {
      report(
          "its CRC-32C is %08x; the manifest says %08x. Its records are intact, but not those that"
                  .formatted(crc, shard.crc32c())
              + " were written");
    }
    return this;
  }

  List<Finding> findings() {
    return findings;
  }

  /** How many intact records it has. */
  long records() {
    return records;
  }

  long unlabelled() {
    return unlabelled;
  }

  long[] imagesOfLabel() {
    return imagesOfLabel;
  }

  private void report(String problem) {
    findings.add(Finding.of(file, problem));
  }

  private void report(long offset, String problem) {
    findings.add(new Finding(file.value(), offset, problem));
  }

  private final class Records implements RecordScan.Visitor {
    @Override
    public void damage(long offset, String problem) {
      damaged = true;
      report(offset, "the record is damaged: " + problem);
      recordsDone.accept(1);
    }

    @Override
    public void record(long offset, byte[] data) {
      records++;
      recordsDone.accept(1);
      try {
        check(offset, codec.decode(data, "the record"));
      } catch (Failure e) {
        report(offset, e.getMessage());
      }
    }

    private void check(long offset, ImageRecord record) {
      if (!fileNames.add(record.fileName())) {
        report(offset, record.fileName() + " occurs twice in the shard");
      }
      if (record.label() == ImageRecord.NO_LABEL) {
        unlabelled++;
        return;
      }
      int classes = manifest.classes().size();
      if (record.label() >= classes) {
        report(
            offset,
            "%s has the label %d; the last of the %,d classes is %d"
                .formatted(record.fileName(), record.label(), classes, classes - 1));
        return;
      }
      imagesOfLabel[(int) record.label()]++;
      String wnid = manifest.classes().get((int) record.label()).wnid();
      if (!wnid.equals(record.wnid())) {
        report(
            offset,
            "%s has the label %d, which is %s, but its wnid is '%s'"
                .formatted(record.fileName(), record.label(), wnid, record.wnid()));
      }
    }
  }
}
