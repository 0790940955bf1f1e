package dev.alexnet.ops.bundle;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program as it is installed.
 *
 * @param home with {@code bin/}, {@code lib/} and possibly {@code engine/} and {@code native/}
 */
public record Distribution(Path home) {
  /** Packed in this order. */
  private static final List<String> DIRECTORIES = List.of("bin", "lib", "engine", "native");

  public Distribution {
    requireNonNull(home, "home is null");
  }

  /** The one that this program was started from, or where it would be. */
  public static Distribution ofThisProgram() {
    try {
      Path library =
          Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new Distribution(library.resolve("../..").normalize());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Java names this program's place by an invalid URI", e);
    }
  }

  /**
   * The directories that it has.
   *
   * @throws Failure of kind MISMATCH if the program was started in another way
   */
  List<Path> directories() {
    if (!Files.isRegularFile(home.resolve("bin/alexnet")) || !has("lib/alexnet-ops-*.jar")) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "bundle packs the distribution that it is started from, and "
              + home
              + " is not one. Start it with ./alexnet of a checkout or bin/alexnet of a distribution");
    }
    return DIRECTORIES.stream().map(home::resolve).filter(Files::isDirectory).toList();
  }

  /**
   * Compares the build with the machine that a bundle is for.
   *
   * @throws Failure of kind MISMATCH that says how to build the other one
   */
  void requireBuild(boolean gpu) {
    boolean built =
        has("native/libcudart.so.*") || has("lib/tensorflow-core-native-*-linux-x86_64-gpu.jar");
    if (gpu && !has("native/libcudart.so.*")) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The distribution in %s %s. Build one with both: ALEXNET_PROFILES=gpu,natives ./alexnet bundle --gpu"
              .formatted(
                  home,
                  built
                      ? "has no CUDA libraries"
                      : "has TensorFlow's CPU build and no CUDA libraries"));
    }
    if (!gpu && built) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The distribution in %s has TensorFlow's GPU build. Build another: ALEXNET_PROFILES=natives ./alexnet bundle --cpu"
              .formatted(home));
    }
  }

  private boolean has(String pattern) {
    int slash = pattern.indexOf('/');
    Path directory = home.resolve(pattern.substring(0, slash));
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, pattern.substring(slash + 1))) {
      return found.iterator().hasNext();
    } catch (IOException e) {
      throw Failure.inputOutput("read", directory, e);
    }
  }
}
