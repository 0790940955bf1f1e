package dev.alexnet.ops.launch.life;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus.State;
import com.google.cloud.batch.v1.StatusEvent;
import com.google.protobuf.Timestamp;
import dev.alexnet.infra.batch.BatchJobs;
import dev.alexnet.infra.clock.SleepingClock;
import dev.alexnet.infra.failure.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Jobs that do what a test says, when it says so. */
public final class ScriptedBatch implements BatchJobs {
  private final SleepingClock clock;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, Consumer<String>> scripts = new HashMap<>();
  final List<String> requests = new ArrayList<>();

  /** Run once, before and after the next submission is stored. */
  Runnable beforeStoring = () -> {};

  Runnable afterStoring = () -> {};

  boolean unreachable;

  ScriptedBatch(SleepingClock clock) {
    this.clock = clock;
  }

  /** What happens once a job is submitted. */
  ScriptedBatch onSubmission(String id, Consumer<String> script) {
    scripts.put(id, script);
    return this;
  }

  Set<String> ids() {
    return jobs.keySet();
  }

  Job job(String id) {
    return jobs.get(id);
  }

  public void enter(String id, State state) {
    change(id, state, "");
  }

  void fail(String id, int exitCode) {
    change(
        id,
        State.FAILED,
        " Job failed due to task failure. Specifically, task with index 0 failed due to the"
            + " following task event: \"Task state is updated from RUNNING to FAILED on"
            + " zones/z/instances/1 with exit code "
            + exitCode
            + ".\"");
  }

  public void say(String id, String description) {
    jobs.computeIfPresent(id, (key, job) -> with(job.toBuilder(), description));
  }

  public void forget(String id) {
    jobs.remove(id);
  }

  private void change(String id, State state, String more) {
    jobs.computeIfPresent(
        id,
        (key, job) -> {
          Job.Builder changed = job.toBuilder();
          String text =
              "Job state is set from %s to %s for job projects/1/locations/r/jobs/%s.%s"
                  .formatted(job.getStatus().getState(), state, id, more);
          changed.getStatusBuilder().setState(state);
          return with(changed, text);
        });
  }

  private Job with(Job.Builder job, String description) {
    job.getStatusBuilder()
        .addStatusEvents(StatusEvent.newBuilder().setDescription(description).setEventTime(now()));
    return job.setUpdateTime(now()).build();
  }

  private Timestamp now() {
    Instant now = clock.instant();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }

  @Override
  public Job submit(String id, Job specification) {
    requests.add("submit " + id);
    Runnable before = beforeStoring;
    beforeStoring = () -> {};
    before.run();
    Job there = jobs.get(id);
    if (there == null) {
      Job.Builder queued =
          specification.toBuilder().setUid("uid-" + id).setCreateTime(now()).setUpdateTime(now());
      queued.getStatusBuilder().setState(State.QUEUED);
      jobs.put(id, queued.build());
      scripts.getOrDefault(id, job -> {}).accept(id);
    } else if (!there.getTaskGroupsList().equals(specification.getTaskGroupsList())) {
      throw new Failure(Failure.Kind.OUTPUT_EXISTS, "another job is called " + id);
    }
    Runnable after = afterStoring;
    afterStoring = () -> {};
    after.run();
    return jobs.get(id);
  }

  @Override
  public Optional<Job> find(String id) {
    if (unreachable) {
      throw new Failure(Failure.Kind.REMOTE, "Batch does not answer");
    }
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public List<Job> labelled(String label, String value) {
    List<Job> found = new ArrayList<>();
    jobs.values().stream()
        .filter(job -> value.equals(job.getLabelsMap().get(label)))
        .forEach(job -> found.add(0, job));
    return found;
  }

  @Override
  public void close() {}

  @Override
  public void cancel(String id) {
    requests.add("cancel " + id);
    enter(id, State.CANCELLATION_IN_PROGRESS);
  }
}
