package dev.alexnet.pipelines.devkit;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The needed files of a devkit, from its archive or its folder.
 *
 * @param devkit the archive or folder that was searched
 * @param files the content of the files that were found, by name
 */
record DevkitFiles(Location devkit, Map<String, byte[]> files) {
  static final String META = "meta.mat";

  // The complete published devkits have 2.5 MB.
  private static final int LARGEST_FILE = 64 << 20;
  private static final List<String> NAMES =
      List.of(
          META,
          IlsvrcRelease.ILSVRC2012.validationTruth(),
          IlsvrcRelease.ILSVRC2010.validationTruth());

  /** The places in a directory where a year's devkit may be, under its official names. */
  static List<Location> places(Location directory, IlsvrcRelease release) {
    List<Location> places = new ArrayList<>(List.of(directory.resolve(release.devkitArchive())));
    release.devkitFolders().forEach(folder -> places.add(directory.resolve(folder)));
    return places;
  }

  /**
   * @throws Failure of kind INPUT_MISSING if there is no devkit, BAD_DATA if its archive is broken,
   *     or far too large to be one
   */
  static DevkitFiles read(ObjectStore store, Location devkit) {
    if (store.exists(devkit)) {
      requireSmall(devkit, store.size(devkit));
      byte[] content = store.readAll(devkit);
      return new DevkitFiles(
          devkit,
          devkit.name().endsWith(".mat") ? Map.of(META, content) : fromArchive(devkit, content));
    }
    if (store.isDirectory(devkit)) {
      return new DevkitFiles(devkit, fromFolder(store, devkit));
    }
    throw new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is no devkit at "
            + devkit
            + "; give its archive, such as "
            + IlsvrcRelease.ILSVRC2012.devkitArchive()
            + ", or the folder that it unpacks to, with --devkit");
  }

  /**
   * @throws Failure of kind BAD_DATA if the devkit does not hold the file
   */
  byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          devkit
              + " does not contain data/"
              + name
              + ", so it is not the devkit of these pictures, or it is incomplete. Give the"
              + " published"
              + " archive of their year with --devkit.");
    }
    return content;
  }

  String nameOf(String file) {
    return devkit + ": " + file;
  }

  /** An archive of pictures given by mistake would exhaust the memory. */
  private static void requireSmall(Location devkit, long bytes) {
    if (bytes > LARGEST_FILE) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s is not a devkit: it has %d bytes, but the published ones have fewer than %d. Give the archive of the devkit, or the folder that it unpacks to, with --devkit"
              .formatted(devkit, bytes, LARGEST_FILE));
    }
  }

  private static Map<String, byte[]> fromFolder(ObjectStore store, Location folder) {
    Map<String, byte[]> files = new HashMap<>();
    List<Location> places = new ArrayList<>(List.of(folder, folder.resolve("data")));
    for (IlsvrcRelease release : IlsvrcRelease.ALL) {
      release.devkitFolders().forEach(name -> places.add(folder.resolve(name).resolve("data")));
    }
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
          archive
              + " is not a complete .tar.gz archive: "
              + (e.getMessage() == null ? "it ends too early" : e.getMessage())
              + ". Fetch it again.",
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
