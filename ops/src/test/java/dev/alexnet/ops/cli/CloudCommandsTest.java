package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import dev.alexnet.infra.storage.ForwardingStore;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that read and write a bucket do what they do on a local disk. */
class CloudCommandsTest {
  private static final String BUCKET = "gs://" + FakeGcs.BUCKET;

  @TempDir private static Path directory;
  private static final FakeGcs SERVICE = new FakeGcs();
  private static final ObjectStore STORE = new EmulatedCloud();

  /** Local paths, and the bucket of the fake. */
  private static final class EmulatedCloud extends ForwardingStore {
    private final ObjectStore local = ObjectStores.standard();
    private final ObjectStore cloud = GcsStore.emulator(SERVICE.address(), GcsRetries.standard());

    @Override
    protected ObjectStore storeOf(Location location) {
      return location.isCloud() ? cloud : local;
    }
  }

  @BeforeAll
  static void prepare() throws IOException {
    Dataset dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, 3, 24);
    ModelFixture.write(directory.resolve("model"), dataset, 1);
    Path folder = Files.createDirectories(directory.resolve("pictures"));
    BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(grey, "jpg", folder.resolve("grey.jpg").toFile());
    Files.writeString(directory.resolve("truth.txt"), "1\n2\n");
    Files.writeString(
        directory.resolve("job.yaml"),
        "synth:\n  classes: 2\n  train-per-class: 2\n  val-per-class: 1\n");
    TypedLine scored =
        enter("score --data=@/data --model=@/model --output=@/scores", directory.toString());
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        byte[] content = Files.readAllBytes(file);
        SERVICE.put(name, name.endsWith(".json") ? inBucket(content) : content);
      }
    }
  }

  /** Results name their inputs. */
  private static byte[] inBucket(byte[] content) {
    return new String(content, StandardCharsets.UTF_8)
        .replace(directory.toString(), BUCKET)
        .getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    SERVICE.close();
  }

  /** Spaces separate the command's arguments; {@code @} is where everything is. */
  private static TypedLine enter(String line, String place) {
    return TypedLine.enterOn(
        platform ->
            Modules.override(platform)
                .with(binder -> binder.bind(ObjectStore.class).toInstance(STORE)),
        Arrays.stream(line.split(" "))
            .map(argument -> argument.replace("@", place))
            .toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "synth --output=@/archives --classes=2 --train-per-class=2 --val-per-class=1, archives",
    "report --scores=@/scores --output=@/report, report",
    "filters --model=@/model --output=@/drawn/filters.png, drawn",
    "inspect @/data, none",
    "inspect @/model, none",
    "predict --model=@/model @/pictures, none",
    "evaluate --submission=@/truth.txt --truth=@/truth.txt, none",
    "run --config=@/job.yaml --workdir=@/run, run/archives",
  })
  void enter_placesInABucket_writesAndPrintsWhatItDoesOnALocalDisk(String line, String output)
      throws IOException {
    TypedLine local = enter(line, directory.toString());
    TypedLine cloud = enter(line, BUCKET);

    assertThat(cloud.exitCode()).as(cloud.err()).isEqualTo(local.exitCode()).isZero();
    assertThat(words(cloud.out()))
        .isEqualTo(words(local.out().replace(directory.toString(), BUCKET)));
    List<String> written = SERVICE.names(FakeGcs.BUCKET, output + "/");
    assertThat(written).isEqualTo(files(output));
    for (String name : written) {
      assertThat(new String(SERVICE.content(FakeGcs.BUCKET, name), StandardCharsets.ISO_8859_1))
          .as(name)
          .isEqualTo(
              Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1)
                  .replace(directory.toString(), BUCKET));
    }
  }

  /** Columns are as wide as the places in them. */
  private static String words(String text) {
    return text.replaceAll(" +", " ").replaceAll("\\d+\\.\\d s\\b|\\d+ s\\b", "0 s");
  }

  private static List<String> files(String output) throws IOException {
    if (!Files.isDirectory(directory.resolve(output))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory.resolve(output))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void report_inABucket_saysHowToOpenThePage() {
    TypedLine typed = enter("report --scores=@/scores --output=@/page", BUCKET);

    assertThat(typed.err())
        .contains(
            "The page needs no other file; copy it to read it: gcloud storage cp"
                + " gs://bucket/page/report.html .\n");
  }

  @Test
  void doctor_outputInABucket_leavesNothingThere() {
    TypedLine typed = enter("doctor --arithmetic=none --output=@/trial", BUCKET);

    assertThat(typed.exitCode()).as(typed.out()).isZero();
    assertThat(typed.out())
        .containsPattern("\ngs://bucket +good +the credentials may list it\n")
        .containsPattern(
            "\ngs://bucket/trial +good +an object was written there, read and deleted\n")
        .containsPattern("\ndisk space +good +a bucket's size is not limited\n")
        .containsPattern("\ntemporary files +good +[\\d,]+\\.\\d GB free at ");
    assertThat(SERVICE.names(FakeGcs.BUCKET, "trial")).isEmpty();
  }

  @Test
  void doctor_compressedArchiveInABucket_saysToDecompressItThere() {
    SERVICE.put("compressed/ILSVRC2012_img_train.tar.gz", new byte[1]);

    assertThat(enter("doctor --arithmetic=none --input=@/compressed", BUCKET).out())
        .contains(
            "\n  gcloud storage cat gs://bucket/compressed/ILSVRC2012_img_train.tar.gz | gunzip |"
                + " gcloud storage cp - gs://bucket/compressed/ILSVRC2012_img_train.tar\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --workdir=@/runs/first",
        "synth --output=@/archives",
        "inspect @/data",
        "report --scores=@/scores --output=@/report",
        "filters --model=@/model --output=@/filters.png",
        "predict --model=@/model @/pictures",
        "run --config=@/job.yaml --workdir=run",
      })
  void enter_missingBucket_exitsWith66AndNamesIt(String line) {
    TypedLine typed = enter(line, "gs://no-such-bucket");

    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(66);
    assertThat(typed.err()).contains("no-such-bucket").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({"403, 77", "404, 66"})
  void run_refused_saysWhyInOneSentence(int status, int exitCode) {
    SERVICE.refuseNext(status);

    TypedLine typed = enter("run --config=@/job.yaml --workdir=run", BUCKET);

    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exitCode);
    assertThat(typed.err()).contains("gs://bucket/job.yaml").doesNotContain("\tat ");
    SERVICE.reset();
  }
}
