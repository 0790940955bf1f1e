package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.FreeSpace;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.util.Locale;

/** The space that unpacking needs. */
public final class UnpackingSpace {
  private static final double GIGA = 1e9;

  private UnpackingSpace() {}

  /** A number of bytes in words, for messages. */
  public static String need(double bytes) {
    return String.format(Locale.ROOT, "about %,.1f GB", bytes / GIGA);
  }

  /**
   * Requires space in a directory, which need not exist yet. A bucket's size is not limited.
   *
   * @param what is to be unpacked, for the message
   * @throws Failure of kind INPUT_OUTPUT if there is too little
   */
  public static void require(Location directory, double bytes, String what) {
    if (directory.isCloud()) {
      return;
    }
    try {
      long free = FreeSpace.near(directory.localPath());
      if (free < bytes) {
        throw new Failure(
            Failure.Kind.INPUT_OUTPUT,
            String.format(
                Locale.ROOT,
                "%s has %,.1f GB of free space, and %s need %s. Give another directory with"
                    + " --unpack-to",
                directory,
                free / GIGA,
                what,
                need(bytes)));
      }
    } catch (IOException e) {
      throw Failure.inputOutput("look for free space in", directory, e);
    }
  }
}
