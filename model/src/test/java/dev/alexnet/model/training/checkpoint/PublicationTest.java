package dev.alexnet.model.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a publication leaves in the bucket, whole or not. */
class PublicationTest extends PublishedCheckpointsFixture {
  @Test
  void publication_ofSixCheckpoints_leavesTheFilesOfALocalTraining() {
    PublishedCheckpoints checkpoints = on("machine");
    for (long step = 1; step <= 6; step++) {
      writeAndPublish(checkpoints, step, error(step));
    }
    assertThat(files(inBucket)).isEqualTo(filesOfALocalTraining(6)).hasSize(12);
    assertThat(logsPublished).isEqualTo(6);
  }

  @Test
  void publication_onAnotherMachineEachTime_leavesTheFilesOfALocalTraining() {
    for (long step = 1; step <= 6; step++) {
      PublishedCheckpoints checkpoints = on("machine" + step);
      assertThat(newest(checkpoints).map(found -> found.state().step()).orElse(0L))
          .isEqualTo(step - 1);
      writeAndPublish(checkpoints, step, error(step));
    }
    assertThat(files(inBucket)).isEqualTo(filesOfALocalTraining(6));
    assertThat(on("last").history().lowestError(6, "set")).isEqualTo(0.1);
    assertThat(on("last").history().validationSets(6)).containsExactly("set");
  }

  /** The fifth checkpoint makes the second one obsolete. */
  @ParameterizedTest
  @EnumSource
  void publication_failedAtEachRequest_isCompletedByTheNextRun(Fault fault) {
    Map<String, String> expected = filesOfALocalTraining(5);
    int fired = 0;
    for (long failing = 1; fired == failing - 1; failing++) {
      open(fault + "-" + failing);
      String machine = "machine-" + fault + failing;
      PublishedCheckpoints checkpoints = on(machine);
      for (long step = 1; step <= 4; step++) {
        writeAndPublish(checkpoints, step, error(step));
      }
      write(checkpoints, 5, error(5));
      bucket.failAt(failing, fault);
      Optional<Failure> failure = publishing(checkpoints, 5);
      long requests = bucket.requests();
      bucket.recover();
      fired += requests >= failing ? 1 : 0;
      assertThat(failure.isPresent()).isEqualTo(requests >= failing);
      assertThatWhatIsCommittedIsSound();

      String other = "other-" + fault + failing;
      PublishedCheckpoints elsewhere = on(other);
      assertThat(newestStep(elsewhere)).isBetween(4L, 5L);
      assertThatWhatIsCommittedIsSound();

      PublishedCheckpoints again = on(machine);
      assertThat(newestStep(again)).isEqualTo(5);
      publish(again, 5);
      assertThat(files(inBucket)).isEqualTo(expected);
    }
    assertThat(fired).isGreaterThanOrEqualTo(6);
    assertThat(notices).allMatch(notice -> notice.startsWith("Downloading the checkpoint "));
  }

  private Optional<Failure> publishing(Checkpoints checkpoints, long step) {
    try {
      publish(checkpoints, step);
      return Optional.empty();
    } catch (Failure e) {
      assertThat(e.kind()).isEqualTo(Failure.Kind.REMOTE);
      assertThat(e)
          .hasMessageStartingWith(
              "Cannot publish the checkpoint "
                  + place
                  + "/step-0000000"
                  + step
                  + ": the bucket refused request ")
          .hasMessageContaining("/step-0000000" + step + ": run the same command again on this");
      return Optional.of(e);
    }
  }

  private void assertThatWhatIsCommittedIsSound() {
    for (Location checkpoint : CheckpointInspection.under(bucket, place)) {
      if (CheckpointInspection.isAt(bucket, checkpoint)) {
        assertThat(CheckpointInspection.of(bucket, checkpoint).findings()).isEmpty();
      }
    }
  }
}
