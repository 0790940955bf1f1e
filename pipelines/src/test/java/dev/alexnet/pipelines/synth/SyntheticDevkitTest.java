package dev.alexnet.pipelines.synth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;
import us.hebi.matlab.mat.types.Struct;

class SyntheticDevkitTest {
  private static final int COMPRESSED = 15;

  @TempDir Path directory;

  @Test
  void devkit_archive_holdsTheOfficialFiles() throws IOException {
    Map<String, byte[]> files = Archives.write(directory, 3, 2, 1, 7).devkit();

    assertThat(files.keySet())
        .containsExactly(
            "ILSVRC2012_devkit_t12/readme.txt",
            "ILSVRC2012_devkit_t12/COPYING",
            "ILSVRC2012_devkit_t12/data/meta.mat",
            "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt");
    assertThat(text(files.get("ILSVRC2012_devkit_t12/readme.txt")))
        .startsWith("SYNTHETIC pictures in the layout of ILSVRC2012\n")
        .endsWith(
            """
            Training pictures a class: 2
            Validation pictures a class: 1
            Seed: 7
            """);
    assertThat(text(files.get("ILSVRC2012_devkit_t12/COPYING"))).contains("SYNTHETIC");
    assertThat(text(files.get("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt")))
        .matches("([1-3]\n){3}");
  }

  @Test
  void metaMat_file_isOneCompressedElement() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(MetaMat.bytes(SyntheticClass.first(10), 300))
            .order(ByteOrder.LITTLE_ENDIAN);

    assertThat(text(bytes.array())).startsWith("MATLAB 5.0 MAT-file, Platform: GLNXA64");
    assertThat(bytes.getInt(128)).isEqualTo(COMPRESSED);
    assertThat(bytes.getInt(132)).isEqualTo(bytes.capacity() - 136);
  }

  @Test
  void metaMat_synsets_haveTheOfficialFieldsInOrder() throws IOException {
    try (Struct synsets = synsets(10, 300)) {

      assertThat(synsets.getDimensions()).containsExactly(11, 1);
      assertThat(synsets.getFieldNames())
          .containsExactly(
              "ILSVRC2012_ID",
              "WNID",
              "words",
              "gloss",
              "num_children",
              "children",
              "wordnet_height",
              "num_train_images");
    }
  }

  @Test
  void metaMat_classes_areLeavesWithTheirIds() throws IOException {
    try (Struct synsets = synsets(1000, 1300)) {

      for (SyntheticClass kind : SyntheticClass.first(1000)) {
        int row = kind.number();
        assertThat(number(synsets, "ILSVRC2012_ID", row)).isEqualTo(row + 1);
        assertThat(synsets.getChar("WNID", row).getString()).isEqualTo(kind.wnid());
        assertThat(synsets.getChar("words", row).getString()).isEqualTo(kind.words());
        assertThat(synsets.getChar("gloss", row).getString())
            .isEqualTo("synthetic pictures of a " + kind.words());
        assertThat(number(synsets, "num_children", row)).isZero();
        assertThat(synsets.getMatrix("children", row).getNumElements()).isZero();
        assertThat(number(synsets, "wordnet_height", row)).isZero();
        assertThat(number(synsets, "num_train_images", row)).isEqualTo(1300);
      }
    }
  }

  @Test
  void metaMat_lastSynset_isTheRootOfAllClasses() throws IOException {
    try (Struct synsets = synsets(1000, 1300)) {

      assertThat(number(synsets, "ILSVRC2012_ID", 1000)).isEqualTo(1001);
      assertThat(synsets.getChar("WNID", 1000).getString()).isEqualTo("n90000000");
      assertThat(number(synsets, "num_children", 1000)).isEqualTo(1000);
      Matrix children = synsets.getMatrix("children", 1000);
      assertThat(IntStream.range(0, children.getNumElements()).map(children::getInt).toArray())
          .isEqualTo(IntStream.rangeClosed(1, 1000).toArray());
      assertThat(number(synsets, "wordnet_height", 1000)).isEqualTo(1);
      assertThat(number(synsets, "num_train_images", 1000)).isZero();
    }
  }

  private static Struct synsets(int classes, int trainPerClass) throws IOException {
    byte[] bytes = MetaMat.bytes(SyntheticClass.first(classes), trainPerClass);
    // Closing the file would empty the struct.
    return Mat5.newReader(Sources.wrap(ByteBuffer.wrap(bytes))).readMat().getStruct("synsets");
  }

  private static int number(Struct synsets, String field, int row) {
    return synsets.getMatrix(field, row).getInt(0);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
