package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a devkit that matter here, from its archive or its folder.
 *
 * @param devkit where they were looked for
 * @param files their content by name, those only that are there
 */
record DevkitFiles(Location devkit, Map<String, byte[]> files) {
  static final String ARCHIVE = "ILSVRC2012_devkit_t12.tar.gz";
  static final String FOLDER = "ILSVRC2012_devkit_t12";
  static final String META = "meta.mat";
  static final String GROUND_TRUTH = "ILSVRC2012_validation_ground_truth.txt";

  // The whole published devkit has 2.5 MB.
  private static final int LARGEST_FILE = 64 << 20;
  private static final List<String> NAMES = List.of(META, GROUND_TRUTH);

  /** Looks in a directory for the devkit under its official names. */
  static Optional<Location> lookIn(ObjectStore store, Location directory) {
    Location archive = directory.resolve(ARCHIVE);
    Location folder = directory.resolve(FOLDER);
    if (store.exists(archive)) {
      return Optional.of(archive);
    }
    return store.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
  }

  /**
   * @throws Failure of kind INPUT_MISSING where there is no devkit, BAD_DATA where its archive is
   *     broken
   */
  static DevkitFiles read(ObjectStore store, Location devkit) {
    if (store.exists(devkit)) {
      return new DevkitFiles(devkit, fromArchive(devkit, store.readAll(devkit)));
    }
    if (store.isDirectory(devkit)) {
      return new DevkitFiles(devkit, fromFolder(store, devkit));
    }
    throw new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is no devkit at "
            + devkit
            + "; give "
            + ARCHIVE
            + ", or the folder that it unpacks to, with --devkit");
  }

  /**
   * @throws Failure of kind BAD_DATA where the devkit does not hold the file
   */
  byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          devkit
              + " holds no data/"
              + name
              + ", so it is not the devkit of ILSVRC2012, or not all of it. Give "
              + ARCHIVE
              + " with --devkit.");
    }
    return content;
  }

  String nameOf(String file) {
    return devkit + ": " + file;
  }

  private static Map<String, byte[]> fromFolder(ObjectStore store, Location folder) {
    Map<String, byte[]> files = new HashMap<>();
    List<Location> places =
        List.of(folder, folder.resolve("data"), folder.resolve(FOLDER).resolve("data"));
    for (String name : NAMES) {
      places.stream()
          .map(place -> place.resolve(name))
          .filter(store::exists)
          .findFirst()
          .ifPresent(file -> files.put(name, store.readAll(file)));
    }
    return files;
  }

  private static Map<String, byte[]> fromArchive(Location archive, byte[] content) {
    Map<String, byte[]> files = new HashMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new ByteArrayInputStream(content)), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && NAMES.contains(name)) {
          files.put(name, readWhole(tar, archive, name));
        }
      }
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          archive + " is no whole .tar.gz archive: " + e.getMessage() + ". Fetch it again.",
          e);
    }
    return files;
  }

  private static byte[] readWhole(TarArchiveInputStream tar, Location archive, String name)
      throws IOException {
    byte[] content = tar.readNBytes(LARGEST_FILE);
    if (tar.read() >= 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          archive + ": " + name + " is longer than " + LARGEST_FILE + " bytes");
    }
    return content;
  }
}
