package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SubmissionTest {

  @Test
  void inOrder_ofNumberedPictures_leavesALineForEachThatIsMissing() {
    assertThat(
            Submission.inOrder(
                Map.of(
                    "ILSVRC2012_val_00000004.JPEG", "9 8",
                    "ILSVRC2012_val_00000001.JPEG", "1 2",
                    "ILSVRC2012_val_00000002.JPEG", "3 4"),
                3))
        .containsExactly("1 2", "3 4", "0 0 0 0 0", "9 8");
  }

  @Test
  void inOrder_withPicturesOfNoName_leavesALineForTheLastOnes() {
    assertThat(Submission.inOrder(Map.of("ILSVRC2012_val_00000002.JPEG", "3 4"), 3))
        .containsExactly("0 0 0 0 0", "3 4", "0 0 0 0 0");
  }

  @Test
  void inOrder_ofOtherNames_goesByName() {
    Map<String, String> lines =
        new TreeMap<>(Map.of("b_00000001.JPEG", "2", "a_00000007.JPEG", "1", "c", "3"));
    assertThat(Submission.inOrder(lines, 3)).containsExactly("1", "2", "3");
  }

  @Test
  void inOrder_ofDatesForNumbers_goesByName() {
    Map<String, String> lines =
        new TreeMap<>(Map.of("IMG_20240102.jpg", "2", "IMG_20240101.jpg", "1"));
    assertThat(Submission.inOrder(lines, 2).stream().limit(5)).containsExactly("1", "2");
  }
}
