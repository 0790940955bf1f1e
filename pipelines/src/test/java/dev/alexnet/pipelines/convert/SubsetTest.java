package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.pipelines.source.PictureReference;
import dev.alexnet.pipelines.source.PictureReferenceCoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private static final PictureOrder ORDER = new PictureOrder(7);
  private static final List<PictureReference> PICTURES = pictures();

  private static List<PictureReference> pictures() {
    List<PictureReference> pictures = new ArrayList<>();
    for (String wnid : List.of("cat", "dog", "wolf")) {
      for (int number = 0; number < 40; number++) {
        pictures.add(new PictureReference(new Location("a.tar"), number, 1, wnid + number, wnid));
      }
    }
    return pictures;
  }

  private static void requireKept(long perClass, long limit, List<PictureReference> expected) {
    PipelineRun run = new PipelineRun(PipelineOptionsFactory.create());
    Pipeline pipeline = run.pipeline("subset", new Location("kept"));
    PCollection<PictureReference> kept =
        pipeline
            .apply(Create.of(PICTURES).withCoder(new PictureReferenceCoder()))
            .apply(new Subset(ORDER, perClass, limit));
    PAssert.that(kept)
        .satisfies(
            seen -> {
              assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
              return null;
            });
    run.await(pipeline, unused -> {});
  }

  private static List<PictureReference> first(List<PictureReference> pictures, long count) {
    return pictures.stream()
        .sorted(Comparator.comparingLong(picture -> ORDER.hash(picture.id())))
        .limit(count)
        .toList();
  }

  @Test
  void expand_bothLimits_keepsTheFirstOfEachClassAndOfThoseTheFirst() {
    List<PictureReference> ofClasses = new ArrayList<>();
    for (int start = 0; start < PICTURES.size(); start += 40) {
      ofClasses.addAll(first(PICTURES.subList(start, start + 40), 9));
    }
    requireKept(9, 20, first(ofClasses, 20));
  }

  @Test
  void expand_limitBeyondAnyMemory_keepsEveryPicture() {
    requireKept(Long.MAX_VALUE, Long.MAX_VALUE, PICTURES);
  }
}
