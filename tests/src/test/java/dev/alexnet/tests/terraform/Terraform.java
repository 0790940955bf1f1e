package dev.alexnet.tests.terraform;

import dev.alexnet.tests.Repository;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The command {@code terraform} on a copy of the configuration, so that the checkout stays clean.
 */
final class Terraform {
  private static final String PROPERTY = "alexnet.terraform";

  private final Path root;

  private Terraform(Path root) {
    this.root = root;
  }

  /**
   * Marks a test that needs Terraform and the schema of Google's provider. Without them it is
   * skipped.
   */
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @Tag("terraform")
  @EnabledIfSystemProperty(
      named = PROPERTY,
      matches = ".+",
      disabledReason = "no -Dalexnet.terraform=COMMAND names a Terraform that finds its provider")
  @interface Needed {}

  /** The exit code and output of a command. */
  record Ended(int exitCode, String out, String err) {}

  /** The configuration in the checkout. */
  static Path sources() {
    return Repository.root().resolve("terraform");
  }

  /** The directories that Terraform runs in, relative to {@link #sources}. */
  static List<String> directories() throws IOException {
    try (Stream<Path> files = Files.walk(sources())) {
      return files
          .filter(file -> file.getFileName().toString().equals("variables.tf"))
          .map(file -> sources().relativize(file.getParent()).toString())
          .sorted()
          .toList();
    }
  }

  /**
   * @param directory for the copy
   */
  static Terraform copiedTo(Path directory) throws IOException {
    Path root = directory.resolve("terraform");
    try (Stream<Path> files = Files.walk(sources())) {
      for (Path file : files.filter(file -> !file.toString().contains(".terraform/")).toList()) {
        Path target = root.resolve(sources().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return new Terraform(root);
  }

  Path root() {
    return root;
  }

  Ended run(String directory, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty(PROPERTY));
    command.add("-chdir=" + root.resolve(directory));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(root.getParent(), "out-", ".txt");
    Path err = Files.createTempFile(root.getParent(), "err-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder
        .environment()
        .putAll(Map.of("TF_IN_AUTOMATION", "1", "TF_INPUT", "0", "CHECKPOINT_DISABLE", "1"));
    int exitCode = builder.start().waitFor();
    return new Ended(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Fetches nothing but the provider: the state stays local. */
  Ended init(String directory) throws IOException, InterruptedException {
    return run(directory, "init", "-backend=false", "-no-color");
  }

  /** Runs the tests of a directory, and keeps their plans. */
  TestRun test(String directory) throws IOException, InterruptedException {
    return TestRun.of(run(directory, "test", "-json", "-verbose").out());
  }
}
