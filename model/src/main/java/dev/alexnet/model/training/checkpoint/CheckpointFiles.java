package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Handles the files of checkpoints on the local disk. */
final class CheckpointFiles {
  private CheckpointFiles() {}

  /** Syncs each file of a directory to the disk, and describes it, by name. */
  static List<CheckpointCommit.StoredFile> synced(Path directory) throws IOException {
    List<CheckpointCommit.StoredFile> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path file : children) {
        sync(file);
        files.add(
            new CheckpointCommit.StoredFile(
                file.getFileName().toString(), Files.size(file), sha256(file)));
      }
    }
    files.sort(Comparator.comparing(CheckpointCommit.StoredFile::name));
    return files;
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return Sha256.of(stream);
    }
  }

  /** Syncs a file, or the entries of a directory, to the disk. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Deletes a directory with its content, if it exists. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
