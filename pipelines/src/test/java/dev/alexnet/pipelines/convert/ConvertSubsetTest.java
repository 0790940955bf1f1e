package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Conversions of the first pictures, of all or of each class. */
class ConvertSubsetTest extends ConversionTest {
  private ConvertSettings perClass(int shards, long perClass, long limit) {
    return settings("train", shards, 7, perClass, limit, 0);
  }

  private static List<String> firstByHash(Map<String, byte[]> files, int count) {
    return files.keySet().stream()
        .sorted(Comparator.comparingLong(new PictureOrder(7)::hash))
        .limit(count)
        .toList();
  }

  @Test
  void run_limit_takesTheFirstOfTheShuffledOrder() throws Exception {
    Archives.writeFolders(input, Archives.pictures(6));
    PictureOrder order = new PictureOrder(7);
    List<String> first =
        Archives.pictures(6).values().stream()
            .flatMap(files -> files.keySet().stream())
            .sorted(Comparator.comparingLong(order::hash))
            .limit(7)
            .toList();

    ConvertResult result = run(settings("train", 3, 7, 7, 0));

    assertResult(result, 7, 0, 3, 0, false, 3);
    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrderElementsOf(first);
  }

  @Test
  void run_perClass_takesTheFirstOfEachClassWhateverTheWorkers() throws Exception {
    Map<String, Map<String, byte[]>> pictures = new TreeMap<>(Archives.pictures(6));
    pictures.put("n09999999", Map.of("n09999999_1.JPEG", Drawing.jpeg(30, 30, 3)));
    Archives.writeFolders(input, pictures);
    List<String> first =
        pictures.values().stream().flatMap(files -> firstByHash(files, 2).stream()).toList();

    assertResult(run(perClass(3, 2, 0), "--targetParallelism=1"), 7, 0, 3, 0, false, 4);

    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrderElementsOf(first);
    Map<String, String> byOneWorker = contentOf(output);
    store.deleteDirectory(Location.of(output));
    run(perClass(3, 2, 0), "--targetParallelism=4");
    assertThat(contentOf(output)).isEqualTo(byOneWorker);
    store.deleteDirectory(Location.of(output));
    launch(
        "--input=" + input,
        "--output=" + output,
        "--size=32",
        "--shards=3",
        "--seed=7",
        "--per-class=2");
    assertThat(contentOf(output)).isEqualTo(byOneWorker);
  }

  @Test
  void run_perClassAndLimit_limitsThoseOfTheClasses() throws Exception {
    Archives.writeFolders(input, Archives.pictures(6));
    List<String> first =
        Archives.pictures(6).values().stream()
            .flatMap(files -> firstByHash(files, 2).stream())
            .sorted(Comparator.comparingLong(new PictureOrder(7)::hash))
            .limit(4)
            .toList();

    run(perClass(1, 2, 4));

    assertThat(records()).extracting(ImageRecord::fileName).containsExactlyElementsOf(first);
    assertThat(failureOf(perClass(1, 3, 4)))
        .hasMessageContaining("was made with per-class '2'; now it is '3'");
  }

  @Test
  void run_perClassOfATestSetWithoutClasses_isRefused() throws Exception {
    new TarBuilder()
        .add("test/ILSVRC2012_test_00000001.JPEG", Drawing.jpeg(30, 30, 1))
        .write(input.resolve("ILSVRC2012_img_test.tar"));
    Archives.writeDevkit(input, List.of());

    Failure failure = failureOf(settings("test", 1, 7, 3, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure)
        .hasMessage(
            "--per-class needs the class of each picture, but nothing gives the classes of"
                + " ILSVRC2012 test archive ILSVRC2012_img_test.tar, 3072 bytes; use --limit");
    assertThat(output).doesNotExist();
  }
}
