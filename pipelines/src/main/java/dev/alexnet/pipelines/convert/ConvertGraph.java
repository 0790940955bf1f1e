package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureReferenceCoder;
import dev.alexnet.pipelines.source.SourcePart;
import dev.alexnet.pipelines.source.SourcePartCoder;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Index, assign, write, commit. Shuffles references, never pixels: one element is one shard, and
 * the worker that writes it reads its pictures.
 */
final class ConvertGraph {
  static final String ASSIGNED = "assigned";
  static final String SKIPPED_SHARDS = "skipped_shards";

  static final TupleTag<PictureReference> PICTURES = new TupleTag<>() {};
  static final TupleTag<Rejection> REJECTIONS = new TupleTag<>() {};
  static final TupleTag<String> IGNORED = new TupleTag<>() {};
  static final TupleTag<CheckedRange> ARCHIVE_BYTES = new TupleTag<>() {};

  private final ConvertPlan plan;
  private final WorkerFence fence;

  /**
   * @param fence of the run
   */
  ConvertGraph(ConvertPlan plan, WorkerFence fence) {
    this.plan = plan;
    this.fence = fence;
  }

  /** The result has one element, once the dataset is complete. */
  PCollection<String> build(Pipeline pipeline, List<SourcePart> parts) {
    PCollectionTuple indexed = index(pipeline, parts);
    PCollection<PictureReference> pictures = chosen(indexed.get(PICTURES));
    PCollectionView<Long> count = count(pictures);
    PCollectionView<Iterable<String>> checked = checked(pipeline, indexed.get(ARCHIVE_BYTES));
    PCollectionView<Iterable<WrittenShard>> written =
        shuffled(pictures, count)
            .apply(
                "Write shards",
                ParDo.of(new WriteFn(plan, fence, count)).withSideInputs(count, checked))
            .setCoder(SerializableCoder.of(WrittenShard.class))
            .apply("Written shards", View.asIterable());
    PCollectionView<Iterable<Rejection>> rejected =
        indexed.get(REJECTIONS).apply("Rejected by name", View.asIterable());
    PCollectionView<Iterable<String>> ignored =
        indexed.get(IGNORED).apply("Ignored by name", View.asIterable());
    return pipeline
        .apply("Once", Create.of("commit"))
        .apply(
            "Commit",
            ParDo.of(new CommitFn(plan, fence, count, written, rejected, ignored))
                .withSideInputs(count, written, rejected, ignored));
  }

  /** Is there once all archives were compared with their checksums: before a shard is written. */
  private static PCollectionView<Iterable<String>> checked(
      Pipeline pipeline, PCollection<CheckedRange> read) {
    PCollectionView<Iterable<CheckedRange>> ranges =
        read.apply("Bytes of archives", View.asIterable());
    return pipeline
        .apply("Once before shards", Create.of("check"))
        .apply("Check archives", ParDo.of(new CheckArchivesFn(ranges)).withSideInputs(ranges))
        .apply("Checked archives", View.asIterable());
  }

  /**
   * {@link #PICTURES}, {@link #REJECTIONS}, {@link #IGNORED} and {@link #ARCHIVE_BYTES} of the
   * source.
   */
  static PCollectionTuple index(Pipeline pipeline, List<SourcePart> parts) {
    PCollectionTuple indexed =
        pipeline
            .apply("Parts", Create.of(parts).withCoder(new SourcePartCoder()))
            .apply(
                "Index",
                ParDo.of(new IndexFn())
                    .withOutputTags(
                        PICTURES, TupleTagList.of(REJECTIONS).and(IGNORED).and(ARCHIVE_BYTES)));
    indexed.get(PICTURES).setCoder(new PictureReferenceCoder());
    indexed.get(REJECTIONS).setCoder(SerializableCoder.of(Rejection.class));
    indexed.get(IGNORED).setCoder(StringUtf8Coder.of());
    indexed.get(ARCHIVE_BYTES).setCoder(SerializableCoder.of(CheckedRange.class));
    return indexed;
  }

  static PCollectionView<Long> count(PCollection<PictureReference> pictures) {
    return pictures
        .apply("Count", Count.globally())
        .apply("Number of pictures", View.asSingleton());
  }

  /** The references of each shard, by shard index. */
  PCollection<KV<Integer, Iterable<PictureReference>>> shuffled(
      PCollection<PictureReference> pictures, PCollectionView<Long> count) {
    return pictures
        .apply(
            "Assign",
            ParDo.of(new AssignFn(plan.order(), plan.settings().shards(), count))
                .withSideInputs(count))
        .setCoder(KvCoder.of(VarIntCoder.of(), new PictureReferenceCoder()))
        .apply("Shuffle references", GroupByKey.create());
  }

  private PCollection<PictureReference> chosen(PCollection<PictureReference> pictures) {
    ConvertSettings settings = plan.settings();
    return settings.perClass() == 0 && settings.limit() == 0
        ? pictures
        : pictures.apply("Subset", new Subset(plan.order(), settings.perClass(), settings.limit()));
  }
}
