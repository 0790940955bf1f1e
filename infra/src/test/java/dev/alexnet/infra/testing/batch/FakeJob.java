package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.JobStatus;
import com.google.cloud.batch.v1.JobStatus.State;
import com.google.cloud.batch.v1.JobStatus.TaskGroupStatus;
import com.google.cloud.batch.v1.LifecyclePolicy;
import com.google.cloud.batch.v1.StatusEvent;
import com.google.cloud.batch.v1.TaskExecution;
import com.google.cloud.batch.v1.TaskSpec;
import com.google.cloud.batch.v1.TaskStatus;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.alexnet.infra.testing.batch.JobScript.Enters;
import dev.alexnet.infra.testing.batch.JobScript.Happening;
import dev.alexnet.infra.testing.batch.JobScript.Step;
import dev.alexnet.infra.testing.batch.JobScript.TaskEnds;
import dev.alexnet.infra.testing.batch.JobScript.TaskRuns;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** A stored job, and what still happens to it. */
final class FakeJob {
  private static final Set<State> ENDS = Set.of(State.SUCCEEDED, State.FAILED, State.CANCELLED);

  private final Job created;
  private final Supplier<Instant> time;
  private final Deque<Step> steps;
  private final JobStatus.Builder status = JobStatus.newBuilder();
  private final Queue<Integer> reported = new ConcurrentLinkedQueue<>();
  private Instant last;
  private Instant running;
  private Machine machine;
  private int repetitions;

  FakeJob(Job created, JobScript script, Supplier<Instant> time) {
    this.created = created;
    this.time = time;
    this.steps = new ArrayDeque<>(script.steps());
    this.last = time.get();
    status.setState(State.QUEUED);
  }

  Job created() {
    return created;
  }

  synchronized Job shown() {
    return created.toBuilder().setStatus(status).build();
  }

  /** Lets the next thing happen, if it is time for it. */
  synchronized Job look() {
    Integer exitCode = reported.poll();
    if (exitCode != null) {
      happen(new TaskEnds(exitCode));
    } else if (!hasEnded()
        && !steps.isEmpty()
        && !time.get().isBefore(last.plus(steps.peek().pause()))) {
      happen(steps.poll().happening());
    }
    return shown();
  }

  /** Returns false if it has ended already. */
  synchronized boolean cancel() {
    if (hasEnded()) {
      return false;
    }
    steps.clear();
    if (machine != null) {
      machine.stop();
    }
    enter(State.CANCELLATION_IN_PROGRESS, "");
    steps.add(new Step(java.time.Duration.ZERO, new Enters(State.CANCELLED, "")));
    return true;
  }

  private boolean hasEnded() {
    return ENDS.contains(status.getState());
  }

  private void happen(Happening happening) {
    if (happening instanceof Enters enters) {
      enter(enters.state(), enters.why());
    } else if (happening instanceof TaskRuns runs) {
      machine = runs.machine();
      enter(State.RUNNING, "");
      machine.start(shown(), reported::add);
    } else if (happening instanceof TaskEnds ends && !hasEnded()) {
      end(ends.exitCode());
    }
    last = time.get();
  }

  private void end(int exitCode) {
    if (exitCode == 0) {
      event("Task state is updated from RUNNING to SUCCEEDED on " + host(), 0);
      enter(State.SUCCEEDED, "");
    } else if (isRepeated(exitCode)) {
      repetitions++;
      event(taskFailed(exitCode), exitCode);
      if (machine != null) {
        machine.start(shown(), reported::add);
      }
    } else {
      event(taskFailed(exitCode), exitCode);
      enter(
          State.FAILED,
          "Job failed due to task failure. Specifically, task with index 0 failed due to the"
              + " following task event: \""
              + taskFailed(exitCode)
              + "\"");
    }
  }

  private boolean isRepeated(int exitCode) {
    TaskSpec task = created.getTaskGroups(0).getTaskSpec();
    if (status.getState() == State.CANCELLATION_IN_PROGRESS
        || repetitions >= task.getMaxRetryCount()) {
      return false;
    }
    if (task.getLifecyclePoliciesCount() == 0) {
      return true;
    }
    LifecyclePolicy policy = task.getLifecyclePolicies(0);
    boolean listed = policy.getActionCondition().getExitCodesList().contains(exitCode);
    return listed == (policy.getAction() == LifecyclePolicy.Action.RETRY_TASK);
  }

  private String taskFailed(int exitCode) {
    return "Task state is updated from RUNNING to FAILED on %s%s with exit code %d."
        .formatted(host(), exitCode == 50001 ? " due to Spot VM preemption" : "", exitCode);
  }

  private String host() {
    return created.getAllocationPolicy().getLocation().getAllowedLocations(0) + "/instances/1";
  }

  private void enter(State state, String why) {
    String description =
        why.isEmpty()
            ? "Job state is set from %s to %s for job %s."
                .formatted(status.getState(), state, created.getName())
            : why;
    status.addStatusEvents(event(description));
    status.setState(state);
    if (state == State.RUNNING && running == null) {
      running = time.get();
    }
    if (running != null) {
      status.setRunDuration(
          Durations.fromMillis(java.time.Duration.between(running, time.get()).toMillis()));
      status.putAllTaskGroups(
          Map.of("group0", TaskGroupStatus.newBuilder().putCounts(taskState(state), 1).build()));
    }
  }

  private static String taskState(State state) {
    return ENDS.contains(state) && state != State.CANCELLED ? state.name() : "RUNNING";
  }

  private void event(String description, int exitCode) {
    status.addStatusEvents(
        event(description).toBuilder()
            .setTaskState(exitCode == 0 ? TaskStatus.State.SUCCEEDED : TaskStatus.State.FAILED)
            .setTaskExecution(TaskExecution.newBuilder().setExitCode(exitCode)));
  }

  private StatusEvent event(String description) {
    return StatusEvent.newBuilder()
        .setType("STATUS_CHANGED")
        .setDescription(description)
        .setEventTime(now())
        .build();
  }

  private Timestamp now() {
    return Timestamps.fromMillis(time.get().toEpochMilli());
  }

  /** The exit codes of the task's ends so far, in order. */
  synchronized List<Integer> exitCodes() {
    return status.getStatusEventsList().stream()
        .filter(StatusEvent::hasTaskExecution)
        .map(event -> event.getTaskExecution().getExitCode())
        .toList();
  }
}
