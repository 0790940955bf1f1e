package dev.alexnet.tests.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.testing.batch.FakeBatch;
import dev.alexnet.infra.testing.batch.JobScript;
import dev.alexnet.infra.testing.batch.Machine;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.storage.CloudBucket;
import dev.alexnet.tests.storage.ComparableFiles;
import dev.alexnet.tests.storage.SmallJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole launch on this machine: a fake of Batch starts what the container would run as a process,
 * on a bucket that another process serves. What stands for the container, subclasses say.
 */
abstract class LaunchedJobContract {
  private static final int PREEMPTED = 50001;
  private static final String RUN = "first";

  private static final String CONTRACT =
      """
      {
        "schema": 1,
        "environment": "dev",
        "project": "my-project",
        "region": "us-central1",
        "network": "projects/my-project/global/networks/alexnet-dev",
        "subnetwork": "projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
        "buckets": {"archives": "archives", "runs": "bucket", "temp": "temp"},
        "service_accounts": {"job": "j@p", "dataflow": "d@p", "launcher": "l@p"},
        "image_repository": "us-central1-docker.pkg.dev/my-project/alexnet-dev",
        "failed_jobs_topic": "projects/my-project/topics/alexnet-dev-failed-jobs",
        "labels": {"application": "alexnet", "environment": "dev"},
        "profile": "l4",
        "profiles": {
          "l4": {
            "machine_type": "g2-standard-24",
            "accelerator": "nvidia-l4",
            "accelerators": 2,
            "quota": {"standard": "NVIDIA_L4_GPUS", "spot": "PREEMPTIBLE_NVIDIA_L4_GPUS"},
            "hourly_price": {"standard": 2, "spot": 0.8},
            "zones": ["us-central1-a", "us-central1-b"]
          }
        }
      }
      """;

  @TempDir Path directory;

  /**
   * Starts a container.
   *
   * @param machine a name that no other machine of the rehearsal has
   * @param words of the container's command
   * @param environment variables that are added to the container's
   */
  abstract AlexnetProcess startContainer(
      String machine, List<String> words, Map<String, String> environment) throws IOException;

  /** The directory of a machine's own disk, as its container names it. */
  abstract Path disk(String machine);

  @Test
  void launch_preemptedInTheConversionAndInTheTraining_makesTheFilesOfALocalRun() throws Exception {
    Path job = SmallJob.write(directory);
    Path environment = Files.writeString(directory.resolve("environment.json"), CONTRACT);
    AlexnetProcess.Ended local =
        AlexnetProcess.start(
                home("local"), List.of("-Xmx1g"), SmallJob.command(job, "work"), Map.of())
            .await();
    assertThat(local.exitCode()).as(local.err()).isZero();

    try (CloudBucket bucket = CloudBucket.start(directory);
        FakeBatch batch = new FakeBatch(Clock.systemUTC()::instant)) {
      List<PreemptedMachine> machines =
          List.of(
              new PreemptedMachine(
                  "first", bucket, () -> has(bucket, "/dataset/train/dataset.json")),
              new PreemptedMachine("second", bucket, () -> has(bucket, "/COMMIT.json")),
              new PreemptedMachine("third", bucket, () -> false));
      for (PreemptedMachine machine : machines) {
        batch.next(JobScript.queued().schedules().runsOn(machine));
      }
      AlexnetProcess.Ended launch =
          AlexnetProcess.start(
                  home("launch"),
                  List.of("-Xmx512m", "-Dalexnet.batch.endpoint=" + batch.address()),
                  List.of(
                      "launch",
                      RUN,
                      "--environment=" + environment,
                      "--config=" + job,
                      "--image=us-central1-docker.pkg.dev/my-project/alexnet-dev/alexnet@sha256:"
                          + "0".repeat(64),
                      // Batch itself does not repeat the task of a job under a ceiling.
                      "--max-hours=10",
                      "--yes"),
                  Map.of("STORAGE_EMULATOR_HOST", bucket.fake().address()))
              .await();

      assertThat(launch.exitCode()).as(launch.err()).isZero();
      assertThat(batch.jobs()).hasSize(3);
      assertThat(machines)
          .extracting(machine -> machine.exitCode)
          .containsExactly(PREEMPTED, PREEMPTED, 0);
      AlexnetProcess.Ended status =
          AlexnetProcess.start(
                  home("status"),
                  List.of("-Xmx512m", "-Dalexnet.batch.endpoint=" + batch.address()),
                  List.of("status", RUN, "--environment=" + environment, "--json"),
                  Map.of("STORAGE_EMULATOR_HOST", bucket.fake().address()))
              .await();
      assertThat(status.out())
          .contains("\"state\":\"succeeded\"")
          .contains("\"training\":{\"step\":30,\"loss\":");
      Map<String, byte[]> files = bucket.files(RUN);
      assertThat(files.keySet())
          .contains(
              "launch/launch.json",
              "launch/job.yaml",
              "attempts/alexnet-first-1-1/attempt.json",
              "attempts/alexnet-first-2-1/attempt.json",
              "attempts/alexnet-first-3-1/outcome.json");
      files.keySet().removeIf(name -> name.startsWith("launch/") || name.startsWith("attempts/"));
      assertThat(withoutResumption(ComparableFiles.of(files, CloudBucket.URL + "/" + RUN)))
          .isEqualTo(
              withoutResumption(ComparableFiles.local(directory.resolve("local/work"), "work")));
    }
  }

  /**
   * The ledger says of a step what it found of an earlier process, and what it counted itself:
   * nothing, if the earlier one was killed between its end and its record.
   */
  private static Map<String, String> withoutResumption(Map<String, String> files) {
    files.computeIfPresent(
        "ledger.json",
        (name, text) ->
            text.replaceAll(
                "(?m)^.*\\.facts\\.(?:(?:already_complete|skipped_shards|resumed_at|engine\\.\\w+) = .*|engine has)\\R",
                ""));
    return files;
  }

  private static boolean has(CloudBucket bucket, String end) {
    return bucket.fake().objects(FakeGcs.BUCKET).keySet().stream()
        .anyMatch(name -> name.startsWith(RUN + "/") && name.endsWith(end));
  }

  /** A new directory for a process. */
  final Path home(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  /** Has no GPUs, a disk of its own, and goes away at a moment. */
  private final class PreemptedMachine implements Machine {
    private final String name;
    private final CloudBucket bucket;
    private final BooleanSupplier moment;
    private int exitCode = -1;

    PreemptedMachine(String name, CloudBucket bucket, BooleanSupplier moment) {
      this.name = name;
      this.bucket = bucket;
      this.moment = moment;
    }

    @Override
    public void start(Job job, RunningTask task) {
      List<String> words = new ArrayList<>(command(job));
      replace(words, "--require-gpus", "0");
      replace(words, "--scratch", disk(name).toString());
      new Thread(() -> run(words, task), "machine").start();
    }

    private static void replace(List<String> words, String option, String value) {
      int place = words.indexOf(option);
      assertThat(place).as("%s in %s", option, words).isNotNegative();
      words.set(place + 1, value);
    }

    private static List<String> command(Job job) {
      return job.getTaskGroups(0).getTaskSpec().getRunnablesList().stream()
          .filter(runnable -> runnable.hasContainer())
          .findFirst()
          .orElseThrow()
          .getContainer()
          .getCommandsList();
    }

    private void run(List<String> words, RunningTask task) {
      try {
        AlexnetProcess process =
            startContainer(name, words, Map.of("STORAGE_EMULATOR_HOST", bucket.fake().address()));
        exitCode = process.killOnce(moment) ? PREEMPTED : process.await().exitCode();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      task.exits(exitCode);
    }
  }
}
