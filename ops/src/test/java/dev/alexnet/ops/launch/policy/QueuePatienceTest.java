package dev.alexnet.ops.launch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.batch.v1.JobStatus.State;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.LaunchRecords;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.StopReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueuePatienceTest {
  private static final LaunchRecord RECORD = LaunchRecords.empty(new Limits(null, null));
  private static final Attempt WAITING =
      LaunchRecords.attempt(RECORD, Provisioning.SPOT, "us-central1-a").seen(Jobs.CREATED, null);

  private static Optional<StopReason> after(int seconds, JobReport report, Attempt attempt) {
    return QueuePatience.of(report, attempt, RECORD.policy(), Jobs.CREATED.plusSeconds(seconds));
  }

  @Test
  void of_longestWait_isReachedOnlyAfterIt() {
    JobReport report = Jobs.queued().entering(State.SCHEDULED).report();
    assertThat(after(3600, report, WAITING)).isEmpty();
    assertThat(after(3601, report, WAITING)).contains(StopReason.QUEUE_WAIT);
  }

  @Test
  void of_runningJob_hasNoEnd() {
    assertThat(after(999_999, Jobs.running().report(), WAITING)).isEmpty();
  }

  @Test
  void of_jobThatIsStoppedAlready_isNotStoppedAgain() {
    assertThat(after(3601, Jobs.queued().report(), WAITING.stoppedFor(StopReason.USER))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[Quota: NVIDIA_L4_GPUS, limit: 0, usage: 0, wanted: 2.]",
        "[Quota: NVIDIA_L4_GPUS, limit: 1, usage: 0, wanted: 2.]",
        "Quota 'NVIDIA_L4_GPUS' exceeded.  Limit: 0.0 in region us-central1.",
      })
  void of_quotaBelowTheMachine_givesUpAtOnce(String said) {
    assertThat(after(1, Jobs.queued().saying(said).report(), WAITING)).contains(StopReason.QUOTA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Quota: NVIDIA_L4_GPUS, limit: 4, usage: 3, wanted: 2.]",
        "Quota 'NVIDIA_L4_GPUS' exceeded.  Limit: 4.0 in region us-central1.",
        "Quota 'NVIDIA_L4_GPUS' exceeded.",
      })
  void of_quotaThatOthersUse_waits(String said) {
    assertThat(after(1, Jobs.queued().saying(said).report(), WAITING)).isEmpty();
  }
}
