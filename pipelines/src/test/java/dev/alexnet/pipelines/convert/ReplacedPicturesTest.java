package dev.alexnet.pipelines.convert;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

/** Pictures that were replaced by others of the same length after they were converted. */
class ReplacedPicturesTest extends ConversionTest {
  private static final FileTime BEFORE = FileTime.fromMillis(1_700_000_000_000L);
  private static final FileTime LATER = FileTime.fromMillis(1_800_000_000_000L);

  /** All have the same length: what follows the end of a picture is ignored. */
  private static byte[] picture(long seed) {
    return Arrays.copyOf(Drawing.jpeg(60, 60, seed), 20_000);
  }

  private void writeFolders() throws IOException {
    for (String name : List.of("cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2.jpg")) {
      write(name, picture(name.hashCode()), BEFORE);
    }
  }

  private void write(String name, byte[] content, FileTime time) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  private void touchAll(FileTime time) throws IOException {
    try (Stream<Path> files = Files.walk(input)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.setLastModifiedTime(file, time);
      }
    }
  }

  private ConvertSettings train(int shards) {
    return settings("train", shards, 7, 0, 0);
  }

  private String refusal(String change) {
    return "%s was made from other pictures than %s has now: %s. Choose another directory for the new pictures, or delete this one and what was made from it"
        .formatted(output, input, change);
  }

  /** What a run tells beside its result. */
  private List<String> notesOfARun() {
    List<String> notes = new ArrayList<>();
    ConvertResult result =
        new ConvertPipeline(store)
            .run(
                train(2),
                PipelineOptionsFactory.create(),
                new Progress() {
                  @Override
                  public void report(long done, long total, String unit, String details) {}

                  @Override
                  public void note(String sentence) {
                    notes.add(sentence);
                  }
                });
    assertThat(result.alreadyComplete()).isTrue();
    return notes;
  }

  @Test
  void run_pictureReplacedByOneOfTheSameLength_isRefusedAndNamed() throws Exception {
    writeFolders();
    run(train(2));
    Map<String, String> before = contentOf(output);
    write("dog/1.jpg", picture(99), LATER);

    assertThatFailure(() -> run(train(2)))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessage(refusal("1 picture was replaced by another of the same length: dog/1.jpg"));
    assertThat(contentOf(output)).isEqualTo(before);
    assertThat(new ConvertPipeline(store).inputs(train(2)).fingerprint(Progress.SILENT))
        .endsWith("; 1 picture was replaced by another of the same length: dog/1.jpg");
  }

  @Test
  void run_twoPicturesThatChangedPlaces_areCountedAndTheFirstIsNamed() throws Exception {
    writeFolders();
    run(train(2));
    write("dog/1.jpg", picture("cat/1.jpg".hashCode()), LATER);
    write("cat/1.jpg", picture("dog/1.jpg".hashCode()), LATER);

    assertThatFailure(() -> run(train(2)))
        .hasMessage(
            refusal("2 pictures were replaced by others of the same length, first cat/1.jpg"));
  }

  @Test
  void run_copiedPictures_areComparedOnceAndAccepted() throws Exception {
    writeFolders();
    run(train(2));
    touchAll(LATER);

    assertThat(notesOfARun())
        .containsExactly(
            "The times of 4 pictures are not those of when %s was made; comparing their bytes"
                .formatted(output));
    assertThat(notesOfARun()).isEmpty();
    write("dog/1.jpg", picture(99), BEFORE);
    assertThatFailure(() -> run(train(2)))
        .hasMessageContaining("1 picture was replaced by another of the same length: dog/1.jpg");
  }

  @Test
  void run_pictureWithTheSameLengthAndTime_isTrusted() throws Exception {
    writeFolders();
    run(train(2));
    write("dog/1.jpg", picture(99), BEFORE);

    assertThat(notesOfARun()).isEmpty();
  }

  @Test
  void run_datasetWithoutARecord_isComparedByNamesAndLengths() throws Exception {
    writeFolders();
    run(train(2));
    Files.delete(output.resolve(".inputs"));
    write("dog/1.jpg", picture(99), LATER);

    assertThat(notesOfARun()).isEmpty();
  }

  @Test
  void run_damagedRecord_saysWhatToDelete() throws Exception {
    writeFolders();
    run(train(2));
    Path record = output.resolve(".inputs");
    byte[] content = Files.readAllBytes(record);
    Files.write(record, Arrays.copyOf(content, content.length - 12));

    assertThatFailure(() -> run(train(2)))
        .isOfKind(Kind.BAD_DATA)
        .hasMessageStartingWith(
            record + " is damaged; delete it, and pictures are compared by name and length only: ");
  }

  @Test
  void run_pictureReplacedInAnArchive_isRefusedAndNamed() throws Exception {
    Archives.writeDevkit(input, List.of());
    Map<String, Map<String, byte[]>> pictures =
        Map.of(
            "n01440764", Map.of("n01440764_1.JPEG", picture(1)),
            "n02119789", Map.of("n02119789_1.JPEG", picture(2)),
            "n03255030", Map.of("n03255030_1.JPEG", picture(3)));
    Archives.writeTrain(input, pictures);
    touchAll(BEFORE);
    run(train(2));
    touchAll(LATER);
    assertThat(notesOfARun())
        .containsExactly(
            "The times of ILSVRC2012_img_train.tar are not those of when %s was made; comparing the pictures' bytes"
                .formatted(output));
    assertThat(notesOfARun()).isEmpty();

    Archives.writeTrain(
        input,
        Map.of(
            "n01440764", pictures.get("n01440764"),
            "n02119789", Map.of("n02119789_1.JPEG", picture(4)),
            "n03255030", pictures.get("n03255030")));

    assertThatFailure(() -> run(train(2)))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessage(
            refusal("1 picture was replaced by another of the same length: n02119789_1.JPEG"));
  }

  @Test
  void run_classesInAWebDatasetThatChangedPlaces_areRefusedWhateverTheTime() throws Exception {
    writeWebDataset("cat", "dog");
    run(train(1));
    writeWebDataset("dog", "cat");

    assertThatFailure(() -> run(train(1)))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessage(refusal("2 pictures are of another class, first 1.jpg ('dog', was 'cat')"));
  }

  private void writeWebDataset(String first, String second) throws IOException {
    Path tar = input.resolve("set-train-000000.tar");
    new TarBuilder()
        .add("1.jpg", picture(1))
        .add("1.cls", first.getBytes(StandardCharsets.UTF_8))
        .add("2.jpg", picture(2))
        .add("2.cls", second.getBytes(StandardCharsets.UTF_8))
        .write(tar);
    Files.setLastModifiedTime(tar, BEFORE);
  }

  @Test
  void run_classesInAListThatChangedPlaces_areRefusedWhateverTheTime() throws Exception {
    writeFolders();
    write(
        "train.csv",
        "path,class\ncat/1.jpg,cat\ndog/1.jpg,dog\n".getBytes(StandardCharsets.UTF_8),
        BEFORE);
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input.resolve("train.csv")))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.SIZE, SIZE)
            .build();
    run(settings);
    write(
        "train.csv",
        "path,class\ncat/1.jpg,dog\ndog/1.jpg,cat\n".getBytes(StandardCharsets.UTF_8),
        BEFORE);

    assertThatFailure(() -> run(settings))
        .hasMessageContaining(
            " has now: 2 pictures are of another class, first cat/1.jpg ('dog', was 'cat'). ");
    write(
        "train.csv",
        "path,class\ncat/1.jpg,cat\ndog/1.jpg,dog\n".getBytes(StandardCharsets.UTF_8),
        LATER);
    assertThat(run(settings).alreadyComplete()).isTrue();
    write("dog/1.jpg", picture(99), LATER);
    assertThatFailure(() -> run(settings))
        .hasMessageContaining("1 picture was replaced by another of the same length: dog/1.jpg");
  }

  @Test
  void fingerprint_namesOfClassesThatChangedPlaces_differs() throws Exception {
    writeFolders();
    Path classes = directory.resolve("classes.txt");
    Files.writeString(classes, "cat\tCat\ndog\tDog\n");
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.CLASSES, classes.toString())
            .set(ConvertSettings.SIZE, SIZE)
            .build();
    run(settings);
    ConvertPipeline pipeline = new ConvertPipeline(store);
    String before = pipeline.inputs(settings).fingerprint(Progress.SILENT);
    Files.writeString(classes, "cat\tDog\ndog\tCat\n");

    assertThat(pipeline.inputs(settings).fingerprint(Progress.SILENT))
        .startsWith(before + "; for 2 classes, SHA-256 ");
    assertThatFailure(() -> run(settings)).isOfKind(Kind.OUTPUT_EXISTS);
  }

  @Test
  void run_selectionOfPictures_isComparedToo() throws Exception {
    writeFolders();
    ConvertSettings two = settings("train", 1, 7, 1, 0, 0);
    run(two);
    String chosen = records().get(0).fileName();
    write(chosen, picture(99), LATER);

    assertThatFailure(() -> run(two))
        .hasMessage(refusal("1 picture was replaced by another of the same length: " + chosen));
  }

  @Test
  void run_pictureThatTheOtherSplitHasToo_warnsAndNamesBoth() throws Exception {
    writeFolders();
    ConvertSettings train =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input))
            .set(ConvertSettings.OUTPUT, Location.of(directory.resolve("set/train")))
            .set(ConvertSettings.SIZE, SIZE)
            .build();
    assertThat(run(train).notices()).isEmpty();
    write("dog/2.jpg", picture(99), LATER);
    write("dog/3.jpg", picture("cat/1.jpg".hashCode()), LATER);
    Files.delete(input.resolve("cat/1.jpg"));
    Files.delete(input.resolve("cat/2.jpg"));
    write("cat/9.jpg", picture(98), LATER);

    ConvertResult result =
        run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(input))
                .set(ConvertSettings.OUTPUT, Location.of(directory.resolve("set/validation")))
                .set(ConvertSettings.SPLIT, Split.VALIDATION)
                .set(ConvertSettings.SIZE, SIZE)
                .build());

    assertThat(result.notices())
        .containsExactly(
            "Warning: 2 pictures are also in %s, first dog/1.jpg (there dog/1.jpg). Errors are too low if a model is trained on one and scored on the other; 'alexnet inspect %s --leaks %s' lists them"
                .formatted(
                    directory.resolve("set/train"),
                    directory.resolve("set/validation"),
                    directory.resolve("set/train")));
  }
}
