package dev.alexnet.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  private final List<String> told = new ArrayList<>();
  private final Told jobs = new Told();
  private long now;
  private final JobWatch watch = new JobWatch(jobs, "alexnet-x", told::add, () -> now);

  private void lookFor(Duration time) {
    for (long end = now + time.toNanos(); now < end; now += Duration.ofSeconds(2).toNanos()) {
      watch.look();
    }
  }

  @Test
  void look_jobWaitsForALongTime_saysSoOnce() {
    jobs.obstacle = " waits for slots";

    lookFor(Duration.ofSeconds(30));
    assertThat(told).isEmpty();

    lookFor(Duration.ofHours(1));
    assertThat(told).containsExactly("The job alexnet-x waits for slots");
  }

  @Test
  void look_jobGoesOnAndWaitsAgain_saysSoAgain() {
    jobs.obstacle = " waits for slots";
    lookFor(Duration.ofMinutes(1));
    jobs.obstacle = null;
    lookFor(Duration.ofMinutes(1));
    jobs.obstacle = " waits for others";
    lookFor(Duration.ofMinutes(1));

    assertThat(told)
        .containsExactly("The job alexnet-x waits for slots", "The job alexnet-x waits for others");
  }

  @Test
  void look_clusterDoesNotAnswer_isLeftToOthers() {
    jobs.answers = false;

    lookFor(Duration.ofMinutes(5));

    assertThat(told).isEmpty();
  }

  @Test
  void look_everyTwoSeconds_asksEveryTen() {
    lookFor(Duration.ofMinutes(1));

    assertThat(jobs.questions).isEqualTo(5);
  }

  /** Says what it is told to say. */
  private static final class Told implements ClusterJobs {
    private String obstacle;
    private boolean answers = true;
    private int questions;

    @Override
    public Optional<String> active(Predicate<String> wanted) {
      return Optional.empty();
    }

    @Override
    public Optional<String> obstacle(String name) {
      questions++;
      if (!answers) {
        throw new Failure(Failure.Kind.REMOTE, "no answer");
      }
      return Optional.ofNullable(obstacle);
    }
  }
}
