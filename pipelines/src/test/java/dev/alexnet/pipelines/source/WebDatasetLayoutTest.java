package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebDatasetLayoutTest extends SourceTest {
  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static TarBuilder sample(TarBuilder tar, String key, String label) {
    return tar.add(key + ".jpg", PICTURE)
        .add(key + ".cls", text(label))
        .add(key + ".json", text("{\"label\": " + label + "}"));
  }

  private void write(String name, TarBuilder tar) throws IOException {
    tar.write(directory.resolve(name));
  }

  @Test
  void find_numbersWithADevkit_areItsClassesInOrder() throws IOException {
    write(
        "imagenet-train-000000.tar",
        sample(sample(new TarBuilder(), "0000001", "2\n"), "0000002", "0"));
    write("imagenet-train-000001.tar", sample(new TarBuilder(), "0000003", "1"));
    write("imagenet-val-000000.tar", sample(new TarBuilder(), "0000004", "0"));
    Archives.writeDevkit(directory, List.of());

    PictureSource train = find(directory, Split.TRAIN);

    assertThat(labelled(train))
        .containsExactly(
            "0000001.jpg = n03255030 2", "0000002.jpg = n01440764 0", "0000003.jpg = n02119789 1");
    assertThat(train.description())
        .isEqualTo(
            "WebDataset of 2 archives from imagenet-train-000000.tar to imagenet-train-000001.tar,"
                + " with classes in .cls files");
    assertThat(train.notices())
        .containsExactly(
            "Numbers are the places of the classes of %s/ILSVRC2012_devkit_t12.tar.gz, from 0: 0 is n01440764, 2 is n03255030"
                .formatted(directory));
    assertThat(labelled(find(directory, Split.VALIDATION)))
        .containsExactly("0000004.jpg = n01440764 0");
    Index index = Index.of(train);
    assertThat(index.rejections).isEmpty();
    assertThat(index.ignored).hasSize(6).contains("0000001.cls", "0000001.json");
    assertThat(
            STORE.readRange(
                index.pictures.get(0).archive(),
                STORE.find(index.pictures.get(0).archive()).orElseThrow().generation(),
                index.pictures.get(0).offset(),
                (int) index.pictures.get(0).length()))
        .isEqualTo(PICTURE);
  }

  @Test
  void find_numbersWithoutAList_areNamesInTheOrderOfTheNumbers() throws IOException {
    TarBuilder tar = new TarBuilder();
    for (int label = 0; label < 12; label++) {
      sample(tar, "key" + label, "" + label);
    }
    write("shard-00.tar", tar);

    List<String> labelled = labelled(find(directory, Split.TRAIN));

    assertThat(labelled.get(2)).isEqualTo("key2.jpg = 2 2");
    assertThat(labelled.get(10)).isEqualTo("key10.jpg = 10 10");
  }

  @Test
  void find_numbersFromOneWithADevkit_areRefusedWithBothReadings() throws IOException {
    write("train-000000.tar", sample(new TarBuilder(), "a", "1"));
    Archives.writeDevkit(directory, List.of());

    Failure failure = failure(directory, Split.TRAIN, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure)
        .hasMessage(
            "The lowest class number in %s is 1, so the numbers may count the classes of %s/ILSVRC2012_devkit_t12.tar.gz from 0 or from 1. Give --classes FILE with the heading label, wnid, name, separated by tabs, and a line for each number"
                .formatted(directory, directory));
  }

  @Test
  void find_wnidInEveryKey_decidesBeforeTheNumbers() throws IOException {
    write(
        "imagenet1k-train-0000.tar",
        sample(sample(new TarBuilder(), "n02119789_1", "278"), "n01440764_10026", "0"));

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly("n02119789_1.jpg = n02119789 1", "n01440764_10026.jpg = n01440764 0");
  }

  @Test
  void find_numberThatGoesWithTwoWnids_isRefused() throws IOException {
    write(
        "train-0000.tar", sample(sample(new TarBuilder(), "n02119789_1", "5"), "n01440764_1", "5"));

    assertThat(failure(directory, Split.TRAIN, InputLayout.AUTO, "all"))
        .hasMessage(
            "In the keys and .cls files of %s/train-0000.tar and those beside it, the class '5' goes with the wnids n01440764 and n02119789, so one of them is wrong. Correct the archives, or give a list of paths and classes"
                .formatted(directory));
  }

  @Test
  void find_namesAsClasses_areTheClasses() throws IOException {
    write("pets-000.tar", sample(sample(new TarBuilder(), "a", "dog"), "b", "cat"));

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly("a.jpg = dog 1", "b.jpg = cat 0");
  }

  @Test
  void find_samplesThatAreUnclear_areRejected() throws IOException {
    write(
        "train-000.tar",
        sample(new TarBuilder(), "a", "cat")
            .add("b.jpg", PICTURE)
            .add("c.jpg", PICTURE)
            .add("c.png", PICTURE)
            .add("c.cls", text("cat"))
            .add("d.jpg.jpg", PICTURE)
            .add("e.npy", PICTURE));

    Index index = Index.of(find(directory, Split.TRAIN));

    assertThat(index.ids()).containsExactly("a.jpg");
    assertThat(index.reasons())
        .containsExactly(
            "b.jpg UNKNOWN_CLASS",
            "c.jpg UNEXPECTED_NAME",
            "c.png UNEXPECTED_NAME",
            "d.jpg.jpg UNEXPECTED_NAME",
            "e.npy UNEXPECTED_NAME");
  }

  @Test
  void find_archivesInTheFolderOfASplit_areRead() throws IOException {
    Files.createDirectories(directory.resolve("train"));
    write("train/000000.tar", sample(new TarBuilder(), "a", "cat"));

    assertThat(labelled(find(directory, Split.TRAIN))).containsExactly("a.jpg = cat 0");
  }

  @Test
  void find_noArchiveOfTheSplit_isRefused() throws IOException {
    write("pets-train-000.tar", sample(new TarBuilder(), "a", "dog"));

    Failure failure = failure(directory, Split.VALIDATION, InputLayout.AUTO, "all");

    assertThat(failure.kind()).isEqualTo(Kind.INPUT_MISSING);
    assertThat(failure)
        .hasMessage(
            directory
                + " holds archives such as pets-train-000.tar, but none for --split validation."
                + " Choose another --split, or give the archive itself as --input");
  }

  @Test
  void find_numbersInSeveralSpellings_areOneClass() throws IOException {
    write(
        "set-train-000000.tar",
        sample(
            sample(sample(sample(new TarBuilder(), "a", "1"), "b", "1.0"), "c", "01"), "d", "0"));

    PictureSource train = find(directory, Split.TRAIN);

    assertThat(labelled(train))
        .containsExactly("a.jpg = 1 1", "b.jpg = 1 1", "c.jpg = 1 1", "d.jpg = 0 0");
    assertThat(train.notices())
        .containsExactly(
            "The .cls files write numbers of classes in more than one way, such as '01' and '1',"
                + " which are one class");
  }

  @Test
  void find_numbersInSeveralSpellingsWithADevkit_areItsClasses() throws IOException {
    write(
        "set-train-000000.tar",
        sample(sample(sample(new TarBuilder(), "a", "1"), "b", "1.0"), "c", "0"));
    Archives.writeDevkit(directory, List.of());

    assertThat(labelled(find(directory, Split.TRAIN)))
        .containsExactly("a.jpg = n02119789 1", "b.jpg = n02119789 1", "c.jpg = n01440764 0");
  }
}
