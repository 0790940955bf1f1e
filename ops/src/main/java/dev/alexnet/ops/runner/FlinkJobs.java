package dev.alexnet.ops.runner;

import dev.alexnet.ops.runner.FlinkRest.FlinkJob;
import dev.alexnet.pipelines.engine.ClusterJobs;
import java.util.Optional;
import java.util.function.Predicate;

/** The jobs of a Flink cluster. */
record FlinkJobs(FlinkRest rest) implements ClusterJobs {
  @Override
  public Optional<String> active(Predicate<String> wanted) {
    return rest.activeJobs().stream().map(FlinkJob::name).filter(wanted).findFirst();
  }

  /** Flink waits for slots for five minutes, and then again after each restart. */
  @Override
  public Optional<String> obstacle(String name) {
    return rest.activeJobs().stream()
        .filter(job -> job.name().equals(name))
        .filter(job -> job.scheduled() > 0 && job.begun() == 0)
        .findFirst()
        .map(this::missingSlots);
  }

  private String missingSlots(FlinkJob job) {
    int needed = rest.parallelism(job.id());
    int slots = rest.slots();
    String why =
        slots < needed
            ? "but the cluster has only %,d. Start task managers; or stop this command and run it again, which continues with the slots that there are"
                .formatted(slots)
            : "but other jobs use some of the cluster's %,d. It goes on when they have ended"
                .formatted(slots);
    return " at %s waits for slots: it needs %,d at once, %s".formatted(rest, needed, why);
  }
}
