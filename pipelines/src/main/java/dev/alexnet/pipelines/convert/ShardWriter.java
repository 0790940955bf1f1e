package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.model.dataset.ExampleCodec;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.PixelSums;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.model.dataset.TfRecordWriter;
import dev.alexnet.model.image.ConvertedPicture;
import dev.alexnet.model.image.PictureConverter;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.pipelines.convert.input.ReadPicture;
import dev.alexnet.pipelines.convert.input.ReadPictures;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureReferenceCoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Writes one shard: reads, converts and appends its pictures in the shuffled order. */
final class ShardWriter implements AutoCloseable {
  private final ConvertPlan plan;
  private final ObjectStore store;
  private final ConvertedShards converted;
  private final PictureConverter converter;
  private final ExampleCodec codec;

  ShardWriter(ConvertPlan plan, ObjectStore store) {
    this.plan = plan;
    this.store = store;
    this.converted = new ConvertedShards(store, plan.settings().output());
    this.converter =
        new PictureConverter(
            plan.settings().size(),
            plan.settings().quality(),
            plan.settings().resize(),
            plan.settings().orientation());
    this.codec =
        new ExampleCodec(plan.settings().recordSchema(), plan.labels(), plan.settings().size());
  }

  /** Is told of progress. */
  interface Listener {
    void done(long pictures);

    void rejected();

    void skipped();
  }

  /**
   * Writes a shard unless an earlier run of the same plan has written it.
   *
   * @param references in any order; copied
   * @return its file
   */
  Shard write(String name, Iterable<PictureReference> references, Listener listener) {
    List<PictureReference> ordered = plan.order().sorted(references);
    String planHash = planHash(name, ordered);
    Optional<ShardSummary> there = converted.attempt(name, planHash);
    if (there.isPresent()) {
      new FinishedShardInputs(store, plan.settings()).requireSame(there.get(), ordered);
      listener.skipped();
      listener.done(ordered.size());
      return there.get().shard();
    }
    Location file = plan.settings().output().resolve(name);
    Content content = new Content(listener);
    try (PendingObject pending = store.create(file);
        PictureReader reader = new PictureReader(store, readable(ordered))) {
      TfRecordWriter records = new TfRecordWriter(pending.stream());
      for (PictureReference reference : ordered) {
        content.append(reference, reader, records);
      }
      pending.commit();
      Shard shard = records.shard(name);
      converted.finish(
          new ShardSummary(
              planHash,
              shard,
              content.imagesOfClass,
              new SizeHistogram(content.sizes),
              content.rejections,
              content.turned == 0 ? null : content.turned,
              content.read.build()),
          content.sums);
      return shard;
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
  }

  /** The pictures that are not rejected unread. */
  private List<PictureReference> readable(List<PictureReference> ordered) {
    List<PictureReference> readable = new ArrayList<>();
    String lastId = "";
    for (PictureReference reference : ordered) {
      if (!reference.id().equals(lastId) && isOfKnownClass(reference)) {
        readable.add(reference);
      }
      lastId = reference.id();
    }
    return readable;
  }

  /** A picture without a class is one too. */
  private boolean isOfKnownClass(PictureReference reference) {
    return reference.wnid().isEmpty() || plan.labels().labelOf(reference.wnid()).isPresent();
  }

  private String planHash(String name, List<PictureReference> references) {
    PictureReferenceCoder coder = new PictureReferenceCoder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(Json.document(plan.identity()));
      bytes.write(name.getBytes(StandardCharsets.UTF_8));
      for (PictureReference reference : references) {
        coder.encode(reference.withoutDirectory(), bytes);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return Sha256.of(bytes.toByteArray());
  }

  @Override
  public void close() {
    converter.close();
  }

  /** What has been appended to the shard so far. */
  private final class Content {
    private final Listener listener;
    private final PixelSums sums = new PixelSums(plan.settings().size());
    private final TreeMap<String, Long> imagesOfClass = new TreeMap<>();
    private final TreeMap<String, Long> sizes = new TreeMap<>();
    private final List<Rejection> rejections = new ArrayList<>();
    private final ReadPictures.Builder read = new ReadPictures.Builder();
    private String lastId = "";
    private long turned;

    Content(Listener listener) {
      this.listener = listener;
    }

    void append(PictureReference reference, PictureReader reader, TfRecordWriter records)
        throws IOException {
      try {
        OptionalInt label = plan.labels().labelOf(reference.wnid());
        if (reference.id().equals(lastId)) {
          reject(reference, "DUPLICATE", "an earlier picture of the source has the same id");
        } else if (!isOfKnownClass(reference)) {
          reject(
              reference, "UNKNOWN_CLASS", reference.wnid() + " is not one of the " + plan.labels());
        } else {
          ConvertedPicture picture = converter.convert(read(reference, reader));
          records.write(
              codec.encode(
                  new ImageRecord(
                      picture.jpeg(),
                      label.isPresent() ? label.getAsInt() : ImageRecord.NO_LABEL,
                      reference.id(),
                      reference.wnid())));
          sums.add(picture.pixels());
          turned += picture.isTurned() ? 1 : 0;
          imagesOfClass.merge(reference.wnid(), 1L, Long::sum);
          sizes.merge(
              SizeHistogram.key(picture.sourceWidth(), picture.sourceHeight()), 1L, Long::sum);
        }
      } catch (RejectedPicture e) {
        reject(reference, e.reason().name(), e.getMessage());
      }
      lastId = reference.id();
      listener.done(1);
    }

    private byte[] read(PictureReference reference, PictureReader reader) throws RejectedPicture {
      byte[] bytes = reader.read(reference);
      long stamp = reader.stampOf(reference);
      if (reference.isInArchive()) {
        read.archive(reference.archive().name(), stamp);
      }
      read.picture(
          new ReadPicture(
              reference.id(), bytes.length, Crc32c.of(bytes), reference.isInArchive() ? 0 : stamp));
      return bytes;
    }

    private void reject(PictureReference reference, String reason, String message) {
      rejections.add(
          new Rejection(
              reference.id(), reference.archive().value(), reference.offset(), reason, message));
      listener.rejected();
    }
  }
}
