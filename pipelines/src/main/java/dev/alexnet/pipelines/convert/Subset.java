package dev.alexnet.pipelines.convert;

import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureReferenceCoder;
import java.util.Map;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Selects the pictures to convert: the first ones of each class in the shuffled order, then the
 * first ones of those. The selection depends only on the seed and the pictures' ids.
 */
final class Subset
    extends PTransform<PCollection<PictureReference>, PCollection<PictureReference>> {
  private static final long serialVersionUID = 1L;
  private final PictureOrder order;
  private final long perClass;
  private final long limit;

  /**
   * @param perClass how many pictures of each class, 0 for all
   * @param limit how many of those in total, 0 for all
   */
  Subset(PictureOrder order, long perClass, long limit) {
    this.order = order;
    this.perClass = perClass;
    this.limit = limit;
  }

  @Override
  public PCollection<PictureReference> expand(PCollection<PictureReference> pictures) {
    PCollection<PictureReference> ofEachClass =
        perClass == 0 ? pictures : firstOf(pictures, PictureReference::wnid, perClass, "class");
    // The whole set is one group, so both limits use the same code.
    return limit == 0 ? ofEachClass : firstOf(ofEachClass, picture -> "", limit, "set");
  }

  private PCollection<PictureReference> firstOf(
      PCollection<PictureReference> pictures,
      SerializableFunction<PictureReference, String> group,
      long count,
      String name) {
    PictureOrder ranks = order;
    PCollectionView<Map<String, Long>> last =
        pictures
            .apply(
                "Hashes of each " + name,
                MapElements.into(
                        TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.longs()))
                    .via(picture -> KV.of(group.apply(picture), ranks.hash(picture.id()))))
            .apply("Last of the first of each " + name, Combine.perKey(new CutoffFn(count)))
            .apply("Limit of each " + name, View.asMap());
    return pictures
        .apply(
            "Apply the limit of each " + name,
            ParDo.of(new LimitFn(order, group, last)).withSideInputs(last))
        .setCoder(new PictureReferenceCoder());
  }
}
