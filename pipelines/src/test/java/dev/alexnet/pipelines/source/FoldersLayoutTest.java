package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersLayoutTest extends SourceTest {
  @Test
  void find_folders_givesTheirPictures() throws IOException {
    Archives.writeFolders(
        directory,
        Map.of(
            "cat", Map.of("1.png", PICTURE, "2.JPG", PICTURE),
            "dog",
                Map.of(
                    "1.png",
                    PICTURE,
                    "dog_2.jpeg",
                    PICTURE,
                    "3.txt",
                    PICTURE,
                    "notes.txt",
                    new byte[1])));
    Files.write(directory.resolve("cat/.DS_Store"), PICTURE);
    Files.write(directory.resolve("lost.jpg"), PICTURE);

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(source.labels().classes())
        .containsExactly(new ClassLabel("cat", "cat"), new ClassLabel("dog", "dog"));
    Index index = Index.of(source);
    assertThat(index.ids())
        .containsExactly("cat/1.png", "cat/2.JPG", "dog/1.png", "dog/3.txt", "dog/dog_2.jpeg");
    assertThat(index.pictures.get(0))
        .isEqualTo(
            new PictureReference(
                Location.of(directory.resolve("cat/1.png")),
                0,
                PICTURE.length,
                "cat/1.png",
                "cat"));
    assertThat(index.reasons())
        .containsExactly("lost.jpg UNEXPECTED_NAME", "dog/notes.txt UNEXPECTED_NAME");
    assertThat(index.ignored).containsExactly("cat/.DS_Store");
  }

  @Test
  void find_classNamesThatStartAlike_giveEachPictureAnIdOfItsOwn() throws IOException {
    Archives.writeFolders(
        directory, Map.of("a", Map.of("a_b_1.jpg", PICTURE), "a_b", Map.of("a_b_1.jpg", PICTURE)));

    assertThat(Index.of(find(directory, Split.TRAIN, InputLayout.AUTO, "all")).ids())
        .containsExactly("a/a_b_1.jpg", "a_b/a_b_1.jpg");
  }

  @Test
  void find_namesThatAreNotUtf8_areReadAndShownByTheirBytes() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    for (String folder : List.of("caf%E9", "caf%E8", "caf%5Cxe9")) {
      Path path = Files.createDirectory(Path.of(URI.create(directory.toUri() + folder)));
      Files.write(path.resolve("1.png"), PICTURE);
      Files.write(Path.of(URI.create(path.toUri() + "b%FC.png")), PICTURE);
    }

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(source.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("caf\\x5cxe9", "caf\\xe8", "caf\\xe9", "cat");
    Index index = Index.of(source);
    assertThat(index.ids())
        .containsExactly(
            "caf\\x5cxe9/1.png",
            "caf\\x5cxe9/b\\xfc.png",
            "caf\\xe8/1.png",
            "caf\\xe8/b\\xfc.png",
            "caf\\xe9/1.png",
            "caf\\xe9/b\\xfc.png",
            "cat/1.png");
    assertThat(index.rejections).isEmpty();
    for (PictureReference picture : index.pictures) {
      assertThat(ObjectStores.standard().readAll(picture.archive())).isEqualTo(PICTURE);
    }
  }

  @Test
  void find_brokenLinks_areRejectedAsSuch() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Files.createSymbolicLink(directory.resolve("dog"), directory.resolve("moved"));
    Files.createSymbolicLink(directory.resolve("cat/2.png"), directory.resolve("moved.png"));

    Index index = Index.of(find(directory, Split.TRAIN, InputLayout.AUTO, "all"));

    assertThat(index.ids()).containsExactly("cat/1.png");
    assertThat(index.reasons()).containsExactly("dog NOT_A_FILE", "cat/2.png NOT_A_FILE");
    assertThat(index.rejections.get(0).message()).isEqualTo("it is a broken link or a device");
  }

  @Test
  void find_linkedClassFolders_areReadUnlessTheyAreOneDirectory() throws IOException {
    Archives.writeFolders(directory, Map.of("in/cat", Map.of("1.png", PICTURE)));
    Archives.writeFolders(directory, Map.of("elsewhere/dogs", Map.of("2.png", PICTURE)));
    Path input = directory.resolve("in");
    Files.createSymbolicLink(input.resolve("dog"), directory.resolve("elsewhere/dogs"));

    assertThat(labelled(find(input, Split.TRAIN)))
        .containsExactly("cat/1.png = cat 0", "dog/2.png = dog 1");
    Files.createSymbolicLink(input.resolve("feline"), input.resolve("cat"));
    assertThat(failure(input, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            "The class folders cat and feline of %s are one directory, because at least one of them is a link, so its pictures have two classes. Remove one of the two"
                .formatted(input));
  }

  @Test
  void find_foldersOfSplits_readsThoseOfTheSplitAsked() throws IOException {
    Archives.writeFolders(
        directory,
        Map.of("train/cat", Map.of("1.png", PICTURE), "train/dog", Map.of("1.png", PICTURE)));
    Archives.writeFolders(directory, Map.of("val/cat", Map.of("2.png", PICTURE)));

    PictureSource train = find(directory, Split.TRAIN, InputLayout.AUTO, "all");
    assertThat(train.description())
        .isEqualTo("2 class folders of " + directory.getFileName() + "/train");
    assertThat(train.labels().classes()).extracting(ClassLabel::wnid).containsExactly("cat", "dog");
    assertThat(Index.of(train).ids()).containsExactly("cat/1.png", "dog/1.png");
    PictureSource validation = find(directory, Split.VALIDATION, InputLayout.FOLDERS, "all");
    assertThat(Index.of(validation).ids()).containsExactly("cat/2.png");
    assertThat(failure(directory, Split.TEST, InputLayout.AUTO, "all"))
        .hasMessage(
            "%s holds pictures in train/, val/, but no folder for --split test, such as test, testing, tst. Choose another --split, or give the folder of this split as --input"
                .formatted(directory));
  }

  @Test
  void find_classThatIsCalledTrain_isAClass() throws IOException {
    Archives.writeFolders(
        directory, Map.of("train", Map.of("1.png", PICTURE), "plane", Map.of("1.png", PICTURE)));
    Files.createDirectory(directory.resolve("train/old"));

    PictureSource source = find(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(source.labels().classes())
        .extracting(ClassLabel::wnid)
        .containsExactly("plane", "train");
  }

  @Test
  void find_devkitOfOtherClasses_fails() throws IOException {
    Archives.writeFolders(directory, Map.of("cat", Map.of("1.png", PICTURE)));
    Archives.writeDevkit(directory, List.of());

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            "None of the 1 classes of the source (cat …) is in the devkit "
                + directory
                + "/ILSVRC2012_devkit_t12.tar.gz; give the devkit that belongs to these pictures");
  }

  @Test
  void index_whatIsNoPictureInAClassFolder_isNamedAsWhatItIs() throws IOException {
    write("cat/1.jpg", "cat/more/2.jpg", "cat/more/deeper/3.jpg", "cat/one/4.jpg", "dog/5.jpg");
    Files.createDirectories(directory.resolve("cat/empty"));
    writeText("cat/drawing.svg", "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg width=\"1\"/>");
    writeText("cat/layers.psd", "8BPS");
    writeText("cat/notes.txt", "P6 is a format");
    writeText("cat/pixels.ppm", "P6\n# a comment\n2 2\n255\n");

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(
            index.rejections.stream()
                .map(row -> "%s %s: %s".formatted(row.image(), row.reason(), row.message())))
        .containsExactly(
            "cat/drawing.svg UNSUPPORTED: it is an SVG file, which is not supported: convert it to"
                + " JPEG or PNG",
            "cat/empty/ UNEXPECTED_NAME: it is a folder without pictures",
            "cat/layers.psd UNSUPPORTED: it is a Photoshop file, which is not supported: convert it"
                + " to JPEG or PNG",
            "cat/more/ UNEXPECTED_NAME: it is a folder with 2 pictures, which are not read. Move"
                + " them up if they belong there",
            "cat/notes.txt UNEXPECTED_NAME: its name is not that of a picture",
            "cat/one/ UNEXPECTED_NAME: it is a folder with 1 picture, which is not read. Move them"
                + " up if they belong there",
            "cat/pixels.ppm UNSUPPORTED: it is a PPM or other Netpbm file, which is not supported:"
                + " convert it to JPEG or PNG");
  }
}
