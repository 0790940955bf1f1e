package dev.alexnet.tests.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One wrong bit in an object of a finished job: where it is stored, it is refused by name; on the
 * way, it is read again, at the latest by the same command.
 */
@Tag("long")
class FlippedBitsTest {
  private static final String WORKDIR = CloudBucket.URL + "/runs/first";
  private static final int BAD_DATA = 65;

  @TempDir static Path directory;
  private static CloudBucket bucket;
  private static int runs;

  @BeforeAll
  static void runAJob() throws Exception {
    bucket = CloudBucket.start(directory);
    Path home = Files.createDirectory(directory.resolve("home"));
    AlexnetProcess.Ended ended =
        bucket.start(home, SmallJob.command(SmallJob.write(directory), WORKDIR)).await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  @AfterAll
  static void close() {
    bucket.close();
  }

  private static AlexnetProcess.Ended read(String command) throws Exception {
    String output = CloudBucket.URL + "/out/" + ++runs;
    Path home = Files.createDirectory(directory.resolve("run-" + runs));
    return bucket
        .start(home, List.of(command.replace("IN", WORKDIR).replace("OUT", output).split(" ", -1)))
        .await();
  }

  private static String only(String regex) throws IOException {
    return bucket.files("runs/first").keySet().stream()
        .filter(Pattern.compile(regex).asMatchPredicate())
        .findFirst()
        .orElseThrow(() -> new IOException("No " + regex));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "archives/.*train.tar | convert --input IN/archives --output OUT --size 56 --classes present",
        "dataset/train/.*-00001-of-.* | inspect IN/dataset/train",
        "dataset/train/dataset.json | inspect IN/dataset/train",
        "training/checkpoints/.*/tensors.data.* | inspect IN/training/checkpoints",
        "training/model/model.json | inspect IN/training/model",
        "training/model/saved_model.pb | inspect IN/training/model",
      })
  void read_flippedBit_isRefusedAtRestAndReadAgainOnTheWay(String regex, String command)
      throws Exception {
    String name = only(regex);
    String object = "runs/first/" + name;
    long middle = bucket.fake().content(FakeGcs.BUCKET, object).length / 2;

    bucket.fake().rot(FakeGcs.BUCKET, object, middle);
    AlexnetProcess.Ended refused = read(command);
    // The same bit again.
    bucket.fake().rot(FakeGcs.BUCKET, object, middle);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(BAD_DATA);
    assertThat(refused.out() + refused.err()).contains(name.replaceAll(".*/", ""));

    bucket.fake().reset();
    bucket
        .fake()
        .script(
            FaultScript.of(Fault.FLIPPED_BIT).on(RequestKind.MEDIA).named(Pattern.quote(object)));
    AlexnetProcess.Ended disturbed = read(command);
    assertThat(bucket.fake().injected()).containsEntry(Fault.FLIPPED_BIT, 1L);
    assertThat(disturbed.exitCode()).as(disturbed.err()).isZero();
  }
}
