package dev.alexnet.pipelines.devkit;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevkitFilesTest {
  @TempDir private Path directory;

  @Test
  void read_archiveOfPicturesInstead_isRefusedBeforeItIsRead() throws IOException {
    Path file = directory.resolve("ILSVRC2012_img_val.tar");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3L << 30);
    }
    assertThatFailure(() -> DevkitFiles.read(ObjectStores.standard(), Location.of(file)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            file
                + " is not a devkit: it has 3221225472 bytes, but the published ones have fewer"
                + " than 67108864. Give the archive of the devkit, or the folder that it unpacks"
                + " to, with"
                + " --devkit");
  }
}
