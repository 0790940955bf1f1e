package dev.alexnet.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things are in the checkout that the tests run in. */
public final class Repository {
  private Repository() {}

  /** The top of the checkout: the directory above this module's. */
  public static Path root() {
    return Path.of("").toAbsolutePath().getParent();
  }

  /** Real pictures beside the checkout; the test is skipped, and says so, where there are none. */
  public static Path sharedData(String name) {
    Path data = root().resolveSibling("shared").resolve("data").resolve(name);
    assumeTrue(Files.isDirectory(data), "skipped: the real pictures of " + name + " are not here");
    return data;
  }
}
