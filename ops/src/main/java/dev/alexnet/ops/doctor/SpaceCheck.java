package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.FreeSpace;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Tries to write, and compares the space that datasets will need with what is free. */
final class SpaceCheck {
  private static final String SUBJECT = "disk space";
  private static final String TEMPORARY = "temporary files";
  private static final double GIGA = 1e9;

  // Measured on real pictures, 256 × 256 pixels in quality 95, and a tenth to spare: see
  // docs/measurements.md.
  private static final long BYTES_PER_PICTURE = 34_000;

  // Measured: 67 MB.
  private static final long BYTES_OF_BUILT_IN_JOB = 100_000_000;

  private static final byte[] TRIAL = new byte[1 << 16];

  private SpaceCheck() {}

  /**
   * @param pictures how many will be converted; 0 where that is not known
   */
  static List<Check> of(Location output, long pictures) {
    if (!output.isCloud()) {
      return List.of(ofDirectory(output, pictures));
    }
    Location temporary = new Location(System.getProperty("java.io.tmpdir"));
    return List.of(
        Check.good(SUBJECT, "a bucket's size is not limited"), ofTemporaryFiles(temporary));
  }

  private static Check ofDirectory(Location output, long pictures) {
    Path place = output.localPath().toAbsolutePath();
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    if (!Files.isDirectory(place)) {
      return new Check(
          SUBJECT,
          Failure.Kind.OUTPUT_EXISTS,
          place + " is a file. Name a directory with --output");
    }
    try {
      long free = FreeSpace.of(place);
      long needed = pictures > 0 ? pictures * BYTES_PER_PICTURE : BYTES_OF_BUILT_IN_JOB;
      String finding =
          free(free, output)
              + (pictures > 0
                  ? String.format(
                      Locale.ROOT,
                      "; %,d pictures of 256 pixels need %,.1f",
                      pictures,
                      needed / GIGA)
                  : String.format(Locale.ROOT, "; the built-in job needs %.1f", needed / GIGA));
      tryToWrite(place);
      return free >= needed
          ? Check.good(SUBJECT, finding)
          : new Check(SUBJECT, Failure.Kind.INPUT_OUTPUT, finding + ". Name another --output");
    } catch (AccessDeniedException e) {
      return new Check(
          SUBJECT,
          Failure.Kind.PERMISSION,
          "this user may not write to " + place + ". Change its owner or name another --output");
    } catch (IOException e) {
      String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
      String why = reason == null ? "it takes no files" : reason;
      return new Check(
          SUBJECT,
          Failure.Kind.INPUT_OUTPUT,
          "nothing can be written to %s: %s. Name another --output".formatted(place, why));
    }
  }

  /** A full or read-only disk, and a directory that allows no files, are found only by trying. */
  private static void tryToWrite(Path directory) throws IOException {
    Path file = directory.resolve(".doctor-" + UUID.randomUUID());
    try {
      Files.write(file, TRIAL, StandardOpenOption.CREATE_NEW);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static Check ofTemporaryFiles(Location directory) {
    try {
      long free = FreeSpace.of(directory.localPath());
      return Check.good(
          TEMPORARY, free(free, directory) + ", where objects are written before they are sent");
    } catch (IOException e) {
      return new Check(
          TEMPORARY,
          Failure.Kind.INPUT_OUTPUT,
          directory
              + " cannot be used ("
              + e
              + "), and objects are written there before they are sent. Name another directory:"
              + " ALEXNET_JAVA_OPTIONS=-Djava.io.tmpdir=DIR");
    }
  }

  private static String free(long bytes, Location place) {
    return String.format(Locale.ROOT, "%,.1f GB free at %s", bytes / GIGA, place.value());
  }
}
