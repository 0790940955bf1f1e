package dev.alexnet.pipelines.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.MetaBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaFileTest {
  private static final List<IlsvrcRelease> ONE_YEAR = List.of(IlsvrcRelease.ILSVRC2012);

  @Test
  void read_synsetsWithAndWithoutChildren_givesTheLeavesById() {
    MetaFile meta = MetaFile.read(Archives.meta(), IlsvrcRelease.ALL, "meta.mat");
    assertThat(meta.release()).isEqualTo(IlsvrcRelease.ILSVRC2012);
    assertThat(meta.classes())
        .isEqualTo(
            Map.of(
                1, new ClassLabel("n02119789", "kit fox"),
                449, new ClassLabel("n01440764", "tench"),
                1000, new ClassLabel("n03255030", "dumbbell")));
    assertThat(meta.costs()).isEmpty();
  }

  @Test
  void read_tableOfAnotherYear_failsAndNamesItsFields() {
    byte[] file = new MetaBuilder("ILSVRC2010_ID").add(1, "n07711080", "french fries", 0).build();

    assertThatThrownBy(() -> MetaFile.read(file, ONE_YEAR, "devkit-1.0: meta.mat"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "devkit-1.0: meta.mat has no classes of ILSVRC2012: its fields are ILSVRC2010_ID, WNID,"
                + " words, gloss, num_children; it needs ILSVRC2012_ID, WNID, words,"
                + " num_children. Give the devkit of ILSVRC2012 with --devkit.");
  }

  @Test
  void read_twoClassesOfOneId_fails() {
    byte[] file =
        new MetaBuilder().add(1, "n02119789", "kit fox", 0).add(1, "n01440764", "tench", 0).build();

    assertThatThrownBy(() -> MetaFile.read(file, ONE_YEAR, "meta.mat"))
        .hasMessage("meta.mat has two classes with the same id; see n01440764");
  }

  @Test
  void read_notAMatlabFileOrTruncated_fails() {
    byte[] whole = Archives.meta();
    for (byte[] file : new byte[][] {new byte[0], new byte[500], Arrays.copyOf(whole, 300)}) {
      assertThatThrownBy(() -> MetaFile.read(file, ONE_YEAR, "meta.mat"))
          .isInstanceOf(Failure.class)
          .hasMessageStartingWith("meta.mat is not a MATLAB 5 file with the table 'synsets': ");
    }
  }
}
