package dev.alexnet.pipelines.convert;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.EmulatedStores;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.pipelines.convert.input.DuplicatePictures;
import dev.alexnet.pipelines.convert.input.SharedPictures;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** Pictures in more than one class or dataset, and records of other datasets. */
class RepeatedPicturesTest extends ConversionTest {
  private void write(String name, int seed) throws IOException {
    Path file = input.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Drawing.jpeg(40, 40, seed));
  }

  private ConvertSettings to(String place, Split split) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, Location.of(input))
        .set(ConvertSettings.OUTPUT, Location.of(directory.resolve(place)))
        .set(ConvertSettings.SPLIT, split)
        .set(ConvertSettings.SHARDS, 1)
        .set(ConvertSettings.SIZE, SIZE)
        .build();
  }

  /** Without Beam, which takes longer than all else here. */
  private void convert(ConvertSettings settings) {
    new SerialConversion(store, settings).run();
  }

  @Test
  void run_copiesInTwoClasses_areToldWithTheFirstPairAlsoAgain() throws Exception {
    write("cat/1.jpg", 1);
    write("cat/2.jpg", 2);
    write("dog/1.jpg", 3);
    Files.copy(input.resolve("cat/2.jpg"), input.resolve("dog/2.jpg"));
    Files.createLink(input.resolve("dog/3.jpg"), input.resolve("cat/2.jpg"));
    Files.createSymbolicLink(input.resolve("dog/4.jpg"), input.resolve("cat/1.jpg"));
    String told =
        "Warning: 5 pictures are copies of others in another class (2 different files), so at least"
            + " one label of each is wrong: first cat/1.jpg (class cat) and dog/4.jpg (class dog)."
            + " Keep the right one, and convert again";

    ConvertResult first = run(to("set/train", Split.TRAIN));
    ConvertResult again = run(to("set/train", Split.TRAIN));

    assertThat(first.notices()).containsExactly(told);
    assertThat(again.alreadyComplete()).isTrue();
    assertThat(again.notices()).containsExactly(told);
  }

  @Test
  void run_copiesInOneClass_areNotTold() throws Exception {
    write("cat/1.jpg", 1);
    write("cat/2.jpg", 1);
    write("dog/1.jpg", 3);

    convert(to("set/train", Split.TRAIN));

    assertThat(run(to("set/train", Split.TRAIN)).notices()).isEmpty();
  }

  @Test
  void run_again_repeatsThatAnotherSplitHasTheSamePictures() throws Exception {
    write("cat/1.jpg", 1);
    write("dog/1.jpg", 2);
    convert(to("set/train", Split.TRAIN));
    ConvertResult first = run(to("set/validation", Split.VALIDATION));

    ConvertResult again = run(to("set/validation", Split.VALIDATION));

    assertThat(again.alreadyComplete()).isTrue();
    assertThat(again.notices()).isEqualTo(first.notices()).hasSize(1);
    assertThat(again.notices().get(0))
        .startsWith("Warning: 2 pictures are also in " + directory.resolve("set/train"));
  }

  @Test
  void run_recordOfAnotherDataset_isRefused() throws Exception {
    write("cat/1.jpg", 1);
    write("dog/1.jpg", 2);
    convert(to("one", Split.TRAIN));
    write("dog/1.jpg", 3);
    convert(to("other", Split.TRAIN));
    Path record = directory.resolve("one/.inputs");
    Files.copy(directory.resolve("other/.inputs"), record, StandardCopyOption.REPLACE_EXISTING);

    assertThatFailure(() -> run(to("one", Split.TRAIN)))
        .isOfKind(Kind.BAD_DATA)
        .hasMessage(
            "%s is the record of another dataset than %s. Put its own there, or delete it, and pictures are compared by name and length only"
                .formatted(record, directory.resolve("one")));
    Files.delete(record);
    assertThat(run(to("other", Split.TRAIN)).alreadyComplete()).isTrue();
  }

  @Test
  void run_classWithAnotherName_showsBothNames() throws Exception {
    write("cat/1.jpg", 1);
    write("dog/1.jpg", 2);
    Path classes = Files.writeString(directory.resolve("classes.txt"), "cat\tCat\ndog\tDog\n");
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.CLASSES, classes.toString())
            .set(ConvertSettings.SHARDS, 1)
            .set(ConvertSettings.SIZE, SIZE)
            .build();
    convert(settings);
    Files.writeString(classes, "cat\tCat\ndog\tHound\n");

    assertThatFailure(() -> run(settings))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessage(
            output
                + " holds a dataset of other classes or names of classes: label 1, dog, is named"
                + " 'Dog' there and 'Hound' now. Choose another --output, or give the classes their"
                + " names of before");
  }

  /** A path of a picture outside of the list's directory is its id as it is written. */
  @Test
  void run_listWithAnotherSpellingOfAPath_saysThatItIsAnotherName() throws Exception {
    write("cat/1.jpg", 1);
    write("dog/1.jpg", 2);
    Path list = Files.createDirectory(directory.resolve("lists")).resolve("train.csv");
    Files.writeString(list, "path,class\n../input/cat/1.jpg,cat\n../input/dog/1.jpg,dog\n");
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(list))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.SHARDS, 1)
            .set(ConvertSettings.SIZE, SIZE)
            .build();
    convert(settings);
    String absolute = input.resolve("cat/1.jpg").toString();
    Files.writeString(list, "path,class\n" + absolute + ",cat\n./../input/dog/1.jpg,dog\n");

    assertThatFailure(() -> run(settings))
        .isOfKind(Kind.OUTPUT_EXISTS)
        .hasMessageContaining(
            ": 1 picture is named in another way, first "
                + absolute
                + " (was ../input/cat/1.jpg). ");
  }

  @Test
  void warnings_ofABucket_areFromItsRecords() throws Exception {
    try (FakeGcs gcs = new FakeGcs()) {
      gcs.put("input/cat/1.jpg", Drawing.jpeg(40, 40, 1));
      gcs.put("input/dog/1.jpg", Drawing.jpeg(40, 40, 1));
      gcs.put("input/dog/2.jpg", Drawing.jpeg(40, 40, 2));
      ObjectStore cloud = EmulatedStores.standard(gcs);
      Location train = new Location("gs://bucket/set/train");
      Location validation = new Location("gs://bucket/set/validation");
      new SerialConversion(cloud, inBucket(train, Split.TRAIN)).run();
      new SerialConversion(cloud, inBucket(validation, Split.VALIDATION)).run();

      assertThat(DuplicatePictures.warning(cloud, train, sourceInBucket(cloud)))
          .contains(
              "Warning: 2 pictures are copies of others in another class (1 different file), so at"
                  + " least one label of each is wrong: first cat/1.jpg (class cat) and dog/1.jpg"
                  + " (class dog). Keep the right one, and convert again");
      assertThat(SharedPictures.beside(cloud, validation))
          .singleElement()
          .asString()
          .startsWith("Warning: 2 pictures are also in gs://bucket/set/train, first dog/1.jpg");
    }
  }

  private static ConvertSettings inBucket(Location output, Split split) {
    return ConvertSettings.builder()
        .set(ConvertSettings.INPUT, new Location("gs://bucket/input"))
        .set(ConvertSettings.OUTPUT, output)
        .set(ConvertSettings.SPLIT, split)
        .set(ConvertSettings.SHARDS, 1)
        .set(ConvertSettings.SIZE, SIZE)
        .build();
  }

  private static PictureSource sourceInBucket(ObjectStore cloud) {
    return PictureSource.find(
        cloud,
        new SourceSettings(
            new Location("gs://bucket/input"),
            Split.TRAIN,
            InputLayout.AUTO,
            null,
            "all",
            ClassOrder.AUTO));
  }
}
