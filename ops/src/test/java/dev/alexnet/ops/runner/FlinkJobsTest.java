package dev.alexnet.ops.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlinkJobsTest {
  private StubFlink flink;
  private FlinkJobs jobs;

  @BeforeEach
  void start() throws IOException {
    flink = new StubFlink().answer("/jobs/1", "{\"vertices\":[{\"parallelism\":8},{}]}");
    jobs = new FlinkJobs(FlinkRest.at(flink.address()));
    answer(16, 8, 8, 0);
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  /** A job that works, and another that has ended. */
  private void answer(int total, int finished, int scheduled, int running) {
    flink.answer(
        "/jobs/overview",
        """
        {"jobs":[
          {"jid":"0","name":"alexnet-old","end-time":7,"tasks":{"total":1,"finished":1}},
          {"jid":"1","name":"alexnet-x","end-time":-1,
           "tasks":{"total":%d,"finished":%d,"scheduled":%d,"running":%d}}]}
        """
            .formatted(total, finished, scheduled, running));
  }

  @Test
  void active_jobs_areThoseThatHaveNotEnded() {
    assertThat(jobs.active(name -> true)).contains("alexnet-x");
    assertThat(jobs.active(name -> name.equals("alexnet-old"))).isEmpty();
  }

  @Test
  void obstacle_moreSlotsNeededThanThereAre_saysWhatToDo() {
    assertThat(jobs.obstacle("alexnet-x"))
        .contains(
            " at %s waits for slots: it needs 8 at once, but the cluster has only 6. Start task managers; or stop this command and run it again, which continues with the slots that there are"
                .formatted(flink.address()));
  }

  @Test
  void obstacle_slotsInUse_saysWhatIsWaitedFor() {
    flink.answer("/overview", "{\"slots-total\":8}");

    assertThat(jobs.obstacle("alexnet-x"))
        .contains(
            " at %s waits for slots: it needs 8 at once, but other jobs use some of the cluster's 8. It goes on when they have ended"
                .formatted(flink.address()));
  }

  @Test
  void obstacle_oneTaskRuns_isNone() {
    answer(16, 8, 7, 1);

    assertThat(jobs.obstacle("alexnet-x")).isEmpty();
  }

  @Test
  void obstacle_allTasksFinished_isNone() {
    answer(16, 16, 0, 0);

    assertThat(jobs.obstacle("alexnet-x")).isEmpty();
  }
}
