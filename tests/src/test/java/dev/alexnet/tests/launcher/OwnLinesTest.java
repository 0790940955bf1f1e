package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a sound machine, a job says nothing that is not ours. */
class OwnLinesTest {
  private static final String JOB =
      """
      synth: {classes: 6, train-per-class: 60, val-per-class: 10}
      convert: {size: 56}
      train: {preset: mini, steps: 4, batch: 16, schedule: constant}
      score: {}
      report: {}
      """;

  private static final String OURS =
      "Job .*|setting  .*|(synth|convert|train|score)\\S*  ?.*|\\[\\d/6\\] .*|Converted: .*|Towers on .*"
          + "|Step 0: .*|Epoch .*|";

  @TempDir Path temporary;

  @Test
  void run_aWholeJob_writesOnlyOurOwnLines() throws Exception {
    Path script = Distribution.ofTheClassPath(temporary.resolve("home"));
    Path config = Files.writeString(temporary.resolve("job.yaml"), JOB);
    Launcher launcher =
        new Launcher(script.toString(), temporary, new TreeMap<>(System.getenv()))
            .with("ALEXNET_JAVA_OPTIONS", "-Xmx1g");

    StartedLauncher.Ended ended = launcher.run("run", "--config=" + config, "--workdir=runs");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    List<String> lines = ended.err().lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(60).allMatch(line -> line.matches(OURS));
    assertThat(lines).anyMatch(line -> line.startsWith("[6/6] report"));
  }
}
