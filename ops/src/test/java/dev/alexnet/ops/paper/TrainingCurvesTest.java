package dev.alexnet.ops.paper;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.paper.TrainingCurves.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurvesTest {
  @TempDir Path workdir;

  @Test
  void read_unknownNamesAndHalfALine_keepsWhatIsWhole() throws IOException {
    TrainingCurves curves =
        read(
            """
            {"step":10,"train/loss":2.5,"phase":"warm","train/top1_error":"NaN"}
            {"step":10,"validation/loss":2.25,"new":{"a":1}}
            {"step":20,"train/loss":1.5}
            {"step":30,"train/lo""");

    assertThat(curves.of("train/loss")).containsExactly(new Point(10, 2.5), new Point(20, 1.5));
    assertThat(curves.of("validation/loss")).containsExactly(new Point(10, 2.25));
    assertThat(curves.of("train/top1_error")).isEmpty();
    assertThat(curves.of("phase")).isEmpty();
    assertThat(curves.valuesInPoint("train/loss")).isEqualTo(1);
  }

  @Test
  void of_moreValuesThanPoints_givesMeansOfNeighbours() throws IOException {
    TrainingCurves curves =
        read(
            IntStream.range(0, 1000)
                .mapToObj(step -> "{\"step\":" + step + ",\"train/loss\":" + 2 * step + "}\n")
                .collect(Collectors.joining()));

    assertThat(curves.valuesInPoint("train/loss")).isEqualTo(3);
    assertThat(curves.of("train/loss"))
        .hasSize(334)
        .startsWith(new Point(1, 2), new Point(4, 8))
        .endsWith(new Point(999, 1998));
  }

  @Test
  void read_lineOfSomethingElse_isRefusedWithItsPlace() {
    assertThatFailure(() -> read("{\"step\":10}\nnothing\n{\"step\":20}\n"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageStartingWith(workdir + "/metrics.jsonl line 2 is not what was expected: ");
    assertThatFailure(() -> read("{\"loss\":10}\n"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(workdir + "/metrics.jsonl line 1 has no number 'step'");
  }

  private TrainingCurves read(String lines) throws IOException {
    Files.writeString(workdir.resolve("metrics.jsonl"), lines);
    return TrainingCurves.read(ObjectStores.standard(), Location.of(workdir));
  }
}
