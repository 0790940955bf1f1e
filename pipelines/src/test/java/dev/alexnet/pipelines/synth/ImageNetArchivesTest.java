package dev.alexnet.pipelines.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetArchivesTest {
  private static final int CLASSES = 4;
  private static final int TRAIN = 6;
  private static final int VALIDATION = 5;
  private static final long SEED = 11;

  @TempDir static Path directory;
  private static Archives archives;

  @BeforeAll
  static void write() {
    archives = Archives.write(directory, CLASSES, TRAIN, VALIDATION, SEED);
  }

  @Test
  void train_outerTar_holdsOneTarEachClassInOrderOfWnids() throws IOException {
    assertThat(archives.train().keySet())
        .containsExactly("n92360678.tar", "n94721356.tar", "n96180339.tar", "n98541017.tar");
  }

  @Test
  void train_innerTars_holdNumberedPicturesOfTheirClass() throws IOException {
    for (SyntheticClass kind : SyntheticClass.first(CLASSES)) {
      Map<String, byte[]> pictures = archives.train(kind.wnid());
      List<String> names = new ArrayList<>();
      for (int number = 1; number <= TRAIN; number++) {
        String name = kind.wnid() + "_" + number + ".JPEG";
        names.add(name);
        PictureKey key = new PictureKey(PictureKey.Split.TRAINING, kind, number);
        assertThat(pictures.get(name)).as(name).isEqualTo(Photograph.take(key, SEED));
      }
      assertThat(pictures.keySet()).containsExactlyElementsOf(names);
    }
  }

  @Test
  void validation_tar_isFlatAndNumberedFromOne() throws IOException {
    assertThat(archives.validation().keySet())
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, CLASSES * VALIDATION)
                .mapToObj("ILSVRC2012_val_%08d.JPEG"::formatted)
                .toList());
  }

  @Test
  void validation_groundTruth_isTheClassThatWasDrawn() throws IOException {
    Map<Integer, Integer> drawn = new HashMap<>();
    List<Integer> truth = groundTruth();
    List<byte[]> pictures = List.copyOf(archives.validation().values());
    for (int i = 0; i < truth.size(); i++) {
      SyntheticClass kind = SyntheticClass.first(CLASSES).get(truth.get(i) - 1);
      List<byte[]> ofClass =
          IntStream.rangeClosed(1, VALIDATION)
              .mapToObj(number -> new PictureKey(PictureKey.Split.VALIDATION, kind, number))
              .map(key -> Photograph.take(key, SEED))
              .toList();
      assertThat(ofClass).as("validation picture %s", i + 1).contains(pictures.get(i));
      drawn.merge(kind.id(), 1, Integer::sum);
    }
    assertThat(drawn).isEqualTo(Map.of(1, VALIDATION, 2, VALIDATION, 3, VALIDATION, 4, VALIDATION));
  }

  @Test
  void validation_groundTruth_isShuffled() throws IOException {
    assertThat(groundTruth())
        .isNotEqualTo(groundTruth().stream().sorted().toList())
        .doesNotContainSequence(1, 1, 1, 1, 1);
  }

  @Test
  void pictures_ofBothSplits_areAllDifferent() throws IOException {
    List<byte[]> pictures = new ArrayList<>(archives.validation().values());
    for (SyntheticClass kind : SyntheticClass.first(CLASSES)) {
      pictures.addAll(archives.train(kind.wnid()).values());
    }
    assertThat(pictures).hasSize(CLASSES * (TRAIN + VALIDATION)).doesNotHaveDuplicates();
  }

  @Test
  void pictures_everyOne_decodesWithinTheLimitsOfSize() throws IOException {
    for (byte[] jpeg : archives.validation().values()) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
      assertThat(image.getWidth()).isBetween(80, 200);
      assertThat(image.getHeight()).isBetween(80, 200);
    }
  }

  @Test
  void entries_ofAnArchive_nameNeitherUserNorDate() throws IOException {
    try (TarFile tar = new TarFile(directory.resolve(Archives.TRAIN))) {
      for (TarArchiveEntry entry : tar.getEntries()) {
        assertThat(entry.getLastModifiedTime().toInstant())
            .isEqualTo(Instant.parse("2012-06-01T00:00:00Z"));
        assertThat(entry.getUserName()).isEmpty();
        assertThat(entry.getGroupName()).isEmpty();
        assertThat(entry.getLongUserId()).isZero();
        assertThat(entry.getLongGroupId()).isZero();
      }
    }
  }

  private static List<Integer> groundTruth() throws IOException {
    byte[] text =
        archives.devkit().get("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt");
    return new String(text, StandardCharsets.US_ASCII).lines().map(Integer::valueOf).toList();
  }

  @Test
  void archives_localeWithOtherDigits_areTheSame(@TempDir Path other) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa-IR"));
      Archives.write(other, CLASSES, TRAIN, VALIDATION, SEED);
    } finally {
      Locale.setDefault(before);
    }
    for (String name : List.of(Archives.TRAIN, Archives.VALIDATION, Archives.DEVKIT)) {
      assertThat(other.resolve(name)).hasSameBinaryContentAs(directory.resolve(name));
    }
  }
}
