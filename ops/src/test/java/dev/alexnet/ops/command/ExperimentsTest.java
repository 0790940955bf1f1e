package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files of the paper's experiments. */
class ExperimentsTest {
  private static final Path DIRECTORY = Path.of("..", "experiments");
  private static final Injector INJECTOR = TypedLine.injector();

  static Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<JobStep> plan(Path file) throws IOException {
    return INJECTOR
        .getInstance(JobPlanner.class)
        .plan(
            JobFile.read(Files.readAllBytes(file), file.toString()),
            file.toString(),
            new Location("run"),
            Map.of());
  }

  @ParameterizedTest
  @MethodSource("names")
  void experiment_andItsSmallForm_haveTheSameSteps(String name) throws IOException {
    List<String> full = plan(DIRECTORY.resolve(name)).stream().map(JobStep::name).toList();
    List<String> small =
        plan(DIRECTORY.resolve("small").resolve(name)).stream().map(JobStep::name).toList();
    assertThat(small)
        .filteredOn(step -> !step.startsWith("synth") && !step.startsWith("convert"))
        .isEqualTo(full.stream().filter(step -> !step.startsWith("convert")).toList());
    assertThat(full).contains(name.equals("table-2-1cnn.yaml") ? "report" : "compare");
  }

  @ParameterizedTest
  @MethodSource("names")
  void experiment_inItsHead_saysHowItIsRun(String name) throws IOException {
    for (String place : List.of("", "small/")) {
      assertThat(Files.readString(DIRECTORY.resolve(place + name)))
          .contains("#   alexnet run --config experiments/" + place + name + " --workdir runs/")
          .contains("# The paper");
    }
  }

  @Test
  void experiments_areThoseOfThePaper() throws IOException {
    assertThat(names())
        .containsExactly(
            "depth.yaml",
            "figure-1.yaml",
            "half-net.yaml",
            "no-augmentation.yaml",
            "no-colour-noise.yaml",
            "no-dropout.yaml",
            "no-normalisation.yaml",
            "no-overlap.yaml",
            "table-1.yaml",
            "table-2-1cnn-pretrained.yaml",
            "table-2-1cnn.yaml",
            "table-2-5cnns.yaml",
            "table-2-7cnns.yaml");
  }
}
