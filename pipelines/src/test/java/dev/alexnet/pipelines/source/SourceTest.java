package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.Drawing;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What tests of sources share: a directory, and what is found in it. */
abstract class SourceTest {
  static final byte[] PICTURE = Drawing.jpeg(20, 20, 1);

  @TempDir Path directory;

  PictureSource find(Path input, String split, String layout, String classes) {
    return PictureSource.find(
        ObjectStores.standard(),
        new SourceSettings(Location.of(input), split, layout, null, classes, "auto"));
  }

  Failure failure(Path input, String split, String layout, String classes) {
    return catchThrowableOfType(Failure.class, () -> Index.of(find(input, split, layout, classes)));
  }
}
