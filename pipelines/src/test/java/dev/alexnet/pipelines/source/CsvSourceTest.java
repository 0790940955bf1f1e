package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What tests of lists share: the pictures that they name, and what is found by them. */
abstract class CsvSourceTest extends SourceTest {
  @BeforeEach
  void writePictures() throws IOException {
    for (String name : List.of("1.png", "2.png", "3, the \"last\".png")) {
      Files.createDirectories(directory.resolve("images"));
      Files.writeString(directory.resolve("images").resolve(name), "of " + name.length());
    }
  }

  Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  PictureSource find(String text) throws IOException {
    return find(write("train.csv", text), Split.TRAIN, InputLayout.AUTO, "all");
  }

  Failure failureOf(String text) {
    return catchThrowableOfType(Failure.class, () -> find(text));
  }

  static void assertPictures(PictureSource source, String... idsAndWnids) {
    assertThat(Index.of(source).pictures)
        .extracting(picture -> picture.id() + " = " + picture.wnid())
        .containsExactly(idsAndWnids);
  }
}
