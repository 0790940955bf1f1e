package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
  @TempDir private Path directory;

  @Test
  void of_directory_isWithinItsFileSystem() throws IOException {
    assertThat(FreeSpace.of(directory))
        .isPositive()
        .isLessThanOrEqualTo(Files.getFileStore(directory).getTotalSpace());
  }

  @Test
  void of_missingDirectory_isNotTakenForAFullDisk() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> FreeSpace.of(missing))
        .isInstanceOf(NotDirectoryException.class)
        .hasMessage(missing.toString());
  }
}
