package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalRedoTest extends RedoContract {

  @Test
  void run_afterARedoThatWasKilledWhileItMadeRoom_putsBackWhatWasMade() throws IOException {
    killAtBegin(job("B", "c"));
    Path run = workdir.localPath();
    Files.move(run.resolve(".former-second"), run.resolve("second"));
    Files.write(run.resolve(Ledger.FILE), ledgerBefore);
    Path record = run.resolve(RedoRecord.FILE);
    Files.writeString(
        record, Files.readString(record).replace("\"roomMade\" : true", "\"roomMade\" : false"));

    assertAsBefore();
  }

  @Test
  void redo_ofADirectoryBehindALink_keepsTheLink() throws IOException {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Path second = workdir.resolve("second").localPath();
    Files.move(second, disk.resolve("work"));
    Files.createSymbolicLink(second, disk.resolve("work"));
    WrittenStep[] refused = job("B", "c");
    refused[1].refusedOnlyWhenRun(tooLarge());
    assertThatFailure(() -> run(REDO, refused)).hasMessage("it is too large");
    assertThat(disk.resolve("work/out.txt")).hasContent("ab");

    run(REDO, job("B", "c"));

    assertThat(second).isSymbolicLink();
    assertThat(disk.resolve("work/out.txt")).hasContent("aB");
    assertThat(disk.resolve(".former-work")).doesNotExist();
  }

  @Test
  void redo_besideAFormerResultOfNoRedo_isRefusedAndLeavesBoth() throws IOException {
    Path former = Files.createDirectories(workdir.resolve(".former-second").localPath());
    Files.writeString(former.resolve("out.txt"), "older");

    assertThatFailure(() -> run(REDO, job("B", "c")))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "%1$s/.former-second is left of an earlier --redo; delete it, or move it to %1$s/second if that is the result to keep"
                .formatted(workdir));

    assertThat(former.resolve("out.txt")).hasContent("older");
    assertThat(workdir.resolve("second").localPath().resolve("out.txt")).hasContent("ab");
  }

  /** Half a former result must not be put back. */
  @Test
  void redo_otherSettingsAfterAStopWhileAFormerResultWasDeleted_doesNotPutItBack()
      throws IOException {
    stopInThird();
    Path run = workdir.localPath();
    Files.move(run.resolve(".former-third"), run.resolve(".former-third.discarded"));
    Files.delete(run.resolve(".former-third.discarded/begun.txt"));
    WrittenStep[] job = job("D", "c");

    run(REDO, job);

    assertThat(job[2].content()).isEqualTo("aDc");
    assertThat(left()).isEmpty();
  }
}
