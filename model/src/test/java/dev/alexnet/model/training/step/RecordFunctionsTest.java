package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.augmentation.Augmentation;
import dev.alexnet.model.augmentation.AugmentationGraph;
import dev.alexnet.model.augmentation.Augmenter;
import dev.alexnet.model.dataset.ColourStatistics;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.testing.DatasetFixture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

class RecordFunctionsTest {
  @TempDir Path directory;

  private record Parsed(long label, List<Float> pixels) {}

  private static List<Parsed> parse(Dataset data) throws IOException {
    List<Parsed> all = new ArrayList<>();
    RecordFunctions functions = new RecordFunctions(12, data.meanImage());
    try (ConcreteFunction function = functions.validation(data.manifest());
        TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        try (TString content = TString.tensorOfBytes(NdArrays.scalarOfObject(record));
            TInt64 key = TInt64.scalarOf(0);
            TFloat32 colour = TFloat32.scalarOf(0);
            Result result =
                function.call(
                    Map.<String, Tensor>of("record", content, "roundKey", key, "colour", colour))) {
          List<Float> pixels = new ArrayList<>();
          ((TFloat32) result.get("image").orElseThrow())
              .scalars()
              .forEach(value -> pixels.add(value.getFloat()));
          all.add(new Parsed(((TInt64) result.get("label").orElseThrow()).getLong(), pixels));
        }
      }
    }
    return all;
  }

  @Test
  void validation_slimRecords_giveTheSameImagesAndLabels() throws IOException {
    List<Parsed> plain = parse(DatasetFixture.write(directory.resolve("a"), "train", 16, 3, 12));
    List<Parsed> slim = parse(DatasetFixture.writeSlim(directory.resolve("b"), "train", 16, 3, 12));

    assertThat(plain).extracting(Parsed::label).containsExactly(0L, 1L, 2L, 0L, 1L, 2L);
    assertThat(plain.get(0).pixels()).hasSize(12 * 12 * 3);
    assertThat(slim).isEqualTo(plain);
  }

  @Test
  void training_onTheFly_showsWhatTheAugmenterStoresForTheSameDraw() throws IOException {
    Dataset data = DatasetFixture.write(directory.resolve("a"), "train", 32, 3, 12);
    Augmentation augmentation = Augmentation.parse("random_crop(24) | flip | colour(0.1)");
    ColourStatistics colours = data.statistics().colours();
    RecordFunctions functions = new RecordFunctions(24, data.meanImage());
    float[] mean = data.meanImage().centre(24).values();
    long seed = 5;
    int epoch = 3;
    double difference = 0;
    int compared = 0;
    try (ConcreteFunction function =
            functions.training(data.manifest(), new AugmentationGraph(augmentation, colours));
        Augmenter augmenter = new Augmenter(augmentation, 32, colours);
        TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        byte[] jpeg =
            augmenter.augment(data.manifest().codec().decode(record, reader.where()), seed, epoch);
        BufferedImage stored = ImageIO.read(new ByteArrayInputStream(jpeg));
        List<Float> shown = pixels(function, record, AugmentationGraph.roundKey(seed, epoch), 1);
        for (int i = 0; i < shown.size(); i++) {
          int pixel = stored.getRGB(i / 3 % 24, i / 3 / 24);
          int level = (pixel >> (16 - i % 3 * 8)) & 0xff;
          float clipped = Math.max(0, Math.min(255, 1.1f * shown.get(i) + mean[i]));
          difference += Math.abs(clipped - level);
          compared++;
        }
      }
    }
    // The remaining difference is the stored picture's JPEG compression; another draw would differ
    // by tens of levels.
    assertThat(compared).isEqualTo(6 * 24 * 24 * 3);
    assertThat(difference / compared).isLessThan(4);
  }

  /** The published training ends without colour noise, and without the division by 1.1. */
  @Test
  void training_withoutColourNoise_showsTheSameWindowsAndMirrorImages() throws IOException {
    Dataset data = DatasetFixture.write(directory.resolve("a"), "train", 32, 3, 12);
    ColourStatistics colours = data.statistics().colours();
    RecordFunctions functions = new RecordFunctions(24, data.meanImage());
    Augmentation plain = Augmentation.parse("random_crop(24) | flip");
    Augmentation coloured = Augmentation.parse("random_crop(24) | flip | colour(0.1)");
    try (ConcreteFunction reference =
            functions.training(data.manifest(), new AugmentationGraph(plain, colours));
        ConcreteFunction function =
            functions.training(data.manifest(), new AugmentationGraph(coloured, colours));
        TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        List<Float> undisturbed = pixels(function, record, 7, 0);
        assertThat(undisturbed).isEqualTo(pixels(reference, record, 7, 0));
        List<Float> disturbed = pixels(function, record, 7, 1);
        for (int i = 0; i < disturbed.size(); i++) {
          // The same noise for all pixels.
          float noise = 1.1f * disturbed.get(i % 3) - undisturbed.get(i % 3);
          assertThat(1.1f * disturbed.get(i) - undisturbed.get(i)).isCloseTo(noise, within(1e-3f));
        }
        assertThat(disturbed).isNotEqualTo(undisturbed);
      }
    }
  }

  private static List<Float> pixels(
      ConcreteFunction function, byte[] record, long roundKey, float disturbed) {
    List<Float> pixels = new ArrayList<>();
    try (TString content = TString.tensorOfBytes(NdArrays.scalarOfObject(record));
        TInt64 key = TInt64.scalarOf(roundKey);
        TFloat32 colour = TFloat32.scalarOf(disturbed);
        Result result =
            function.call(
                Map.<String, Tensor>of("record", content, "roundKey", key, "colour", colour))) {
      ((TFloat32) result.get("image").orElseThrow())
          .scalars()
          .forEach(value -> pixels.add(value.getFloat()));
    }
    return pixels;
  }
}
