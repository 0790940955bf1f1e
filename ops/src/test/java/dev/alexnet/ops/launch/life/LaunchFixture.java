package dev.alexnet.ops.launch.life;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus.State;
import com.google.cloud.batch.v1.TaskGroup;
import com.google.cloud.batch.v1.TaskSpec;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.launch.Consent;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecordFile;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Policy;
import dev.alexnet.ops.launch.record.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A run called first, whose launches, jobs and time a test controls. */
public final class LaunchFixture {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Policy POLICY =
      new Policy(
          List.of(Provisioning.SPOT, Provisioning.STANDARD), List.of("zone-a", "zone-b"), 3600, 3);

  public final VirtualTime time = new VirtualTime();
  public final ScriptedBatch batch = new ScriptedBatch(time);
  public final RunPlaces places;
  public ObjectStore store;
  final List<String> notes = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  boolean interrupted;

  private final Progress progress =
      new Progress() {
        @Override
        public void report(long done, long total, String unit, String details) {
          reports.add(done + " " + unit + "  " + details);
        }

        @Override
        public void note(String sentence) {
          notes.add(sentence);
        }
      };

  LaunchFixture(Path directory) {
    this(ObjectStores.standard(), Location.of(directory.resolve("first")));
  }

  public LaunchFixture(ObjectStore store, Location workdir) {
    this.store = store;
    this.places = new RunPlaces(workdir);
  }

  static LaunchRecord asked(String image, Limits limits) {
    return LaunchRecord.of("first", "dev", new Work(image, "l4", "f00d", false), POLICY, limits);
  }

  public static LaunchOrder order() {
    return order(new Limits(null, null));
  }

  static LaunchOrder order(Limits limits) {
    return new LaunchOrder(asked("image", limits), bytes("train:\n"), false, false, Consent.GIVEN);
  }

  /**
   * The contract of an environment.
   *
   * @param bucket for runs
   */
  public static byte[] contract(String bucket) {
    return bytes(
        """
      {
        "schema": 1,
        "environment": "dev",
        "project": "my-project",
        "region": "us-central1",
        "network": "projects/my-project/global/networks/alexnet-dev",
        "subnetwork": "projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
        "buckets": {"archives": "a", "runs": "%s", "temp": "t"},
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
      """
            .formatted(bucket));
  }

  /** A line of a training's log, in its form: every key in the order of the alphabet. */
  static String metrics(long step, String name, double value) {
    return Json.line(
            Map.of(
                "step",
                step,
                "time",
                "2026-01-02T03:04:05Z",
                name,
                value,
                "images_per_second",
                512.4))
        + "\n";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public LaunchResult launch(LaunchOrder order) {
    return new RunLauncher(batch, store, time)
        .launch(order, places, new Specifications(order), progress, () -> interrupted);
  }

  CancelResult cancel() {
    return new RunCanceller(batch, store, time).cancel(places, progress, () -> interrupted);
  }

  public static LaunchOrder detached(LaunchOrder order) {
    return new LaunchOrder(order.asked(), order.jobFile(), true, false, Consent.GIVEN);
  }

  LaunchRecord record() {
    return new LaunchRecordFile(store, places.launchRecord()).read().orElseThrow().record();
  }

  /** The task of a job begins a minute after its submission, and ends in a way of its own. */
  public LaunchFixture job(int number, Duration running, Consumer<String> end) {
    batch.onSubmission(
        "alexnet-first-" + number,
        id -> {
          time.in(MINUTE, () -> batch.enter(id, State.RUNNING));
          time.in(MINUTE.plus(running), () -> end.accept(id));
        });
    return this;
  }

  public LaunchFixture exiting(int number, Duration running, int exitCode) {
    return job(number, running, id -> batch.fail(id, exitCode));
  }

  public LaunchFixture succeeding(int number, Duration running) {
    return job(number, running, id -> batch.enter(id, State.SUCCEEDED));
  }

  /** The offers of the attempts, and how they ended. */
  List<String> attempts() {
    return record().attempts().stream()
        .map(
            attempt ->
                attempt.job()
                    + " "
                    + attempt.offer().provisioning()
                    + " "
                    + attempt.offer().zone()
                    + " "
                    + (attempt.end() == null ? "lives" : attempt.end().cause()))
        .toList();
  }

  private record Specifications(LaunchOrder order) implements JobSpecifications {
    @Override
    public String jobId(int attempt) {
      return "alexnet-first-" + attempt;
    }

    @Override
    public Job specification(int attempt, Offer offer, Optional<Duration> longest) {
      TaskSpec.Builder task = TaskSpec.newBuilder();
      longest.ifPresent(time -> task.getMaxRunDurationBuilder().setSeconds(time.toSeconds()));
      return Job.newBuilder()
          .putLabels("environment", "dev")
          .putLabels("run", "first")
          .putLabels("offer", offer.toString())
          .addTaskGroups(
              TaskGroup.newBuilder().setName(order.asked().work().image()).setTaskSpec(task))
          .build();
    }

    @Override
    public OptionalDouble hourlyPrice(Offer offer) {
      return OptionalDouble.of(offer.provisioning() == Provisioning.SPOT ? 1 : 2);
    }
  }
}
