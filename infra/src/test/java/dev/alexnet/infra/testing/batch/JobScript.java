package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.JobStatus.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a job. Each look at the job ({@code GetJob}) lets the next thing happen, once the
 * time before it has passed; after the last, the job stays as it is. A job under a script is at
 * first QUEUED.
 *
 * <p>Batch decides what the end of a task means: it repeats the task as the job's lifecycle policy
 * says, or fails the job.
 */
public final class JobScript {
  private final List<Step> steps = new ArrayList<>();
  private Duration pause = Duration.ZERO;

  private JobScript() {}

  /** Something that happens some time after what was before. */
  record Step(Duration pause, Happening happening) {}

  sealed interface Happening {}

  record Enters(State state, String why) implements Happening {}

  record TaskEnds(int exitCode) implements Happening {}

  record TaskRuns(Machine machine) implements Happening {}

  /** Stays QUEUED if nothing is added. */
  public static JobScript queued() {
    return new JobScript();
  }

  /** Gets a machine at once, on which its task runs until something is added. */
  public static JobScript running() {
    return queued().schedules().runs();
  }

  /** The job that everything goes well with. */
  public static JobScript succeeding() {
    return running().exits(0);
  }

  /** Lets what is added next wait for this long. */
  public JobScript after(Duration duration) {
    pause = duration;
    return this;
  }

  public JobScript schedules() {
    return add(new Enters(State.SCHEDULED, ""));
  }

  public JobScript runs() {
    return add(new Enters(State.RUNNING, ""));
  }

  /** Runs the task on a machine, which says how it ends. */
  public JobScript runsOn(Machine machine) {
    return add(new TaskRuns(machine));
  }

  /** The task ends: with its own exit code, or with one of Batch's, such as 50001 if preempted. */
  public JobScript exits(int exitCode) {
    return add(new TaskEnds(exitCode));
  }

  /** The job fails without a task, as it does without capacity or quota. */
  public JobScript failsWithoutTask(String why) {
    return add(new Enters(State.FAILED, why));
  }

  /** Somebody else cancels it. */
  public JobScript isCancelled() {
    return add(new Enters(State.CANCELLED, ""));
  }

  private JobScript add(Happening happening) {
    steps.add(new Step(pause, happening));
    pause = Duration.ZERO;
    return this;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
