package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.Drawing;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of sources share: a directory, and what is found in it. */
abstract class SourceTest {
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

  Failure failure(Path input, Split split, InputLayout layout, String classes) {
    return catchThrowableOfType(Failure.class, () -> Index.of(find(input, split, layout, classes)));
  }
}
