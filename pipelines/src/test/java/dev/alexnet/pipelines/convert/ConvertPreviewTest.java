package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConvertPreviewTest extends ConversionTest {
  private ConvertPreview preview() {
    return new ConvertPipeline(store)
        .preview(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(input))
                .set(ConvertSettings.DRY_RUN, true)
                .build(),
            Progress.SILENT);
  }

  @Test
  void preview_classFolders_tellsClassesCountsAndTheFirstPictures() throws IOException {
    Archives.writeFolders(input, Archives.pictures(2));
    Archives.writeDevkit(input, List.of());
    Files.writeString(input.resolve("n01440764/notes.txt"), "");
    Files.writeString(input.resolve("README"), "");

    ConvertPreview preview = preview();

    assertThat(preview.inWords())
        .isEqualTo(
            """
            Layout: folders, split: train
            Source: 3 class folders of input
            6 pictures of 3 classes; 1 file rejected by name, 1 name ignored
            convert would end with 65: it would reject at least 1 picture, and --max-rejected is 0

            label  pictures  class
                0         2  n01440764 tench
                1         2  n02119789 kit fox
                2         2  n03255030 dumbbell

            label  first pictures
                0  n01440764_1.JPEG
                0  n01440764_2.JPEG
                1  n02119789_1.JPEG
                1  n02119789_2.JPEG
                2  n03255030_1.JPEG
            Rejected: n01440764/notes.txt: its name is not that of a picture
            Ignored: README
            Nothing was written.\
            """);
    assertThat(preview.first().get(0))
        .isEqualTo(
            new ConvertPreview.PreviewPicture(
                "n01440764_1.JPEG", input + "/n01440764/n01440764_1.JPEG", 0, "n01440764"));
    assertThat(output).doesNotExist();
  }

  @Test
  void preview_manyClasses_showsTheFirstOfThem() throws IOException {
    for (int label = 0; label < 14; label++) {
      Files.createDirectories(input.resolve("class" + label));
      Files.write(input.resolve("class" + label + "/1.jpg"), new byte[1]);
    }

    ConvertPreview preview = preview();

    assertThat(preview.inWords()).contains("  and 2 classes more, which --json lists\n");
    assertThat(preview.classes()).hasSize(14);
    assertThat(IntStream.range(0, 14).mapToLong(i -> preview.classes().get(i).pictures()))
        .containsOnly(1L);
  }

  @Test
  void preview_pictureOfAClassThatTheDevkitLacks_isCounted() throws IOException {
    Archives.writeFolders(input, Archives.pictures(1));
    Archives.writeDevkit(input, List.of());
    Files.createDirectories(input.resolve("wolf"));
    Files.write(input.resolve("wolf/1.jpg"), new byte[1]);

    ConvertPreview preview = preview();

    assertThat(preview.unknownClass()).isEqualTo(1);
    assertThat(preview.inWords()).contains("1 picture of other classes would be rejected\n");
  }

  @Test
  void preview_picturesThatCannotBeRead_areCountedWithTheExitCode() throws IOException {
    Archives.writeFolders(input, Archives.pictures(1));
    Archives.writeDevkit(input, List.of());
    Files.createFile(input.resolve("n01440764/empty.jpg"));

    assertThat(preview().inWords())
        .contains(
            """
            1 picture would be rejected: empty, too large, or with the name of an earlier one
            convert would end with 65: it would reject at least 1 picture, and --max-rejected is 0
            """);
  }

  @Test
  void preview_compressedTars_isRefusedAndUnpacksNothing() throws IOException {
    new TarBuilder()
        .add("n01440764_1_n01440764.JPEG", new byte[1])
        .writeCompressed(input.resolve("train_images_0.tar.gz"));
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, Location.of(input))
            .set(ConvertSettings.OUTPUT, Location.of(output))
            .set(ConvertSettings.UNPACK_TO, Location.of(directory.resolve("unpacked")))
            .set(ConvertSettings.DRY_RUN, true)
            .build();

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> new ConvertPipeline(store).preview(settings, Progress.SILENT));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(failure).hasMessageContaining("; a dry run writes nothing. Unpack it with gunzip");
    assertThat(directory.resolve("unpacked")).doesNotExist();
  }

  @Test
  void preview_longNames_areShortenedInTheMiddle() throws IOException {
    String folder = "a_class_" + "x".repeat(60) + "_end";
    Archives.writeFolders(input, Map.of(folder, Map.of("a_picture.jpg", Drawing.jpeg(40, 40, 1))));

    ConvertPreview preview = preview();

    assertThat(preview.inWords())
        .contains(
            "    0         1  a_class_" + "x".repeat(22) + "…" + "x".repeat(25) + "_end\n",
            "    0  a_class_" + "x".repeat(22) + "…" + "x".repeat(11) + "_end/a_picture.jpg");
    assertThat(preview.inWords().lines()).allMatch(line -> line.length() <= 80);
    assertThat(preview.notices())
        .containsExactly(
            "Warning: all pictures are of one class, from which a network learns nothing. If there"
                + " should be more classes, check the input");
  }
}
