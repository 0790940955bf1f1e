package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What tests of sources share: a directory, and what is found in it. */
abstract class SourceTest {
  static final ObjectStore STORE = ObjectStores.standard();
  static final byte[] PICTURE = Drawing.jpeg(20, 20, 1);

  @TempDir Path directory;

  /** Writes pictures, by their paths in the directory. */
  void write(String... files) throws IOException {
    for (String file : files) {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, PICTURE);
    }
  }

  PictureSource find(Path input, Split split, InputLayout layout, String classes) {
    return PictureSource.find(
        ObjectStores.standard(),
        new SourceSettings(Location.of(input), split, layout, null, classes, ClassOrder.AUTO));
  }

  /** What an automatic reading of all classes finds. */
  PictureSource find(Path input, Split split) {
    return find(input, split, InputLayout.AUTO, "all");
  }

  /** With a place for compressed archives. */
  PictureSource findUnpacking(Path input, Split split, Path unpackTo) {
    return PictureSource.find(
        ObjectStores.standard(),
        new SourceSettings(
            Location.of(input),
            split,
            InputLayout.AUTO,
            null,
            "all",
            ClassOrder.AUTO,
            Location.of(unpackTo),
            false));
  }

  /** Every picture with its class and the label of that, in the order of the source. */
  static List<String> labelled(PictureSource source) {
    return Index.of(source).pictures.stream()
        .map(
            picture ->
                "%s = %s %d"
                    .formatted(
                        picture.id(),
                        picture.wnid(),
                        source.labels().labelOf(picture.wnid()).orElse(-1)))
        .toList();
  }

  void writeText(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  Failure failure(Path input, Split split, InputLayout layout, String classes) {
    return catchThrowableOfType(Failure.class, () -> Index.of(find(input, split, layout, classes)));
  }
}
