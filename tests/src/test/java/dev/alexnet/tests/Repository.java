package dev.alexnet.tests;

import java.nio.file.Path;

/** The places of files in the checkout that the tests run in. */
public final class Repository {
  private Repository() {}

  /** The top of the checkout: the directory above this module's. */
  public static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }
}
