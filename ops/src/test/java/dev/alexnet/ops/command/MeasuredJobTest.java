package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Injector;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.cli.TypedLine;
import dev.alexnet.ops.console.Screen;
import dev.alexnet.ops.job.Forecast;
import dev.alexnet.ops.job.ForecastTable;
import dev.alexnet.ops.job.Job;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.job.StepSelection;
import dev.alexnet.ops.job.TrainingTime;
import dev.alexnet.ops.job.TrainingTimes;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run says of the time that trainings would take. */
class MeasuredJobTest {
  private static final Injector INJECTOR = TypedLine.injector();

  private static final String TRAININGS =
      """
      train:
        preset: cifar
        batch: 4
        variants:
          short:
            epochs: 3
          long:
            epochs: 30
          counted:
            steps: 50
            activation: tanh
          elsewhere:
            epochs: 1
            devices: gpu:9
      """;

  @TempDir Path workdir;

  private Map<String, TrainingTime> measured(String yaml, List<String> notices) {
    Location place = Location.of(workdir);
    List<JobStep> steps =
        INJECTOR
            .getInstance(JobPlanner.class)
            .plan(
                JobFile.read(yaml.getBytes(StandardCharsets.UTF_8), "job.yaml"),
                "job.yaml",
                place,
                Map.of());
    Forecast forecast = INJECTOR.getInstance(Job.class).forecast(place, steps, StepSelection.all());
    Map<String, TrainingTime> times =
        INJECTOR.getInstance(TrainingTimes.class).of(steps, forecast, notices::add);
    assertThat(ForecastTable.textOf(forecast, times, Screen.NONE).lines().findFirst().orElseThrow())
        .matches("step +state  size  last time +here  why");
    return times;
  }

  @Test
  void of_drawnImages_measuresEachNetworkOnceAndKnowsTheirNumber() {
    List<String> notices = new ArrayList<>();
    Map<String, TrainingTime> times =
        measured(
            "synth:\n  classes: 4\n  train-per-class: 10\nconvert:\n  size: 32\n" + TRAININGS,
            notices);

    assertThat(notices).hasSize(3);
    assertThat(notices.get(0)).matches("Measured cifar relu 4 fp32 auto 4: [0-9,]+ images/s");
    assertThat(notices.get(1)).startsWith("Measured cifar tanh 4 fp32 auto 4: ");
    assertThat(notices.get(2))
        .startsWith("cifar relu 4 fp32 gpu:9 4 cannot be measured here: There is no device gpu:9");
    assertThat(times).containsOnlyKeys("train-short", "train-long", "train-counted");
    double rate = times.get("train-short").imagesPerSecond();
    assertThat(times.get("train-long").imagesPerSecond()).isEqualTo(rate);
    assertThat(times.get("train-short").duration()).contains(time(3 * 40, rate));
    assertThat(times.get("train-long").duration()).contains(time(30 * 40, rate));
    TrainingTime counted = times.get("train-counted");
    assertThat(counted.duration()).contains(time(200, counted.imagesPerSecond()));
    assertThat(TrainingTimes.total(times))
        .contains(
            time(3 * 40, rate)
                .plus(time(30 * 40, rate))
                .plus(time(200, counted.imagesPerSecond())));
    assertThat(workdir).isEmptyDirectory();
  }

  @Test
  void of_picturesThatAreNotConverted_tellsARateAlone() {
    Map<String, TrainingTime> times =
        measured(
            "convert:\n  input: there\ntrain:\n  preset: cifar\n  batch: 4\n  epochs: 1\n",
            new ArrayList<>());
    assertThat(times.get("train").imagesPerSecond()).isPositive();
    assertThat(times.get("train").duration()).isEmpty();
    assertThat(TrainingTimes.total(times)).isEmpty();
  }

  private static Duration time(long images, double rate) {
    return Duration.ofMillis(Math.round(1e3 * images / rate));
  }
}
