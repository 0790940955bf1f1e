package dev.alexnet.ops.bundle;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Packs the program with a Java of its own for machines that have neither Java nor a network. The
 * same distribution and the same JDK give the same bytes.
 */
public final class Bundler {
  private static final String RUNTIME = "runtime";
  private static final String LAUNCHER = "alexnet";

  private final ObjectStore store;
  private final Distribution distribution;
  private final JavaRuntime runtime;

  @Inject
  public Bundler(ObjectStore store, Distribution distribution, JavaRuntime runtime) {
    this.store = requireNonNull(store, "store is null");
    this.distribution = requireNonNull(distribution, "distribution is null");
    this.runtime = requireNonNull(runtime, "runtime is null");
  }

  /**
   * Writes the parts, and last the script that unpacks them. Parts of an earlier bundle with the
   * same name are deleted.
   *
   * @param progress hears of the bytes that are packed
   * @throws Failure of kind MISMATCH if the program or its Java cannot be packed; of kind USAGE if
   *     the directory for the parts is a file
   */
  public Bundle run(BundleSettings settings, Progress progress) {
    if (store.exists(settings.output())) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s is a file; --output is the directory for the parts".formatted(settings.output()));
    }
    List<Path> directories = distribution.directories();
    distribution.requireBuild(settings.gpu());
    String name = "alexnet-" + (settings.gpu() ? "gpu" : "cpu");
    try (TemporaryDirectory temporary = new TemporaryDirectory()) {
      Path java = temporary.path().resolve(RUNTIME);
      runtime.make(java);
      return pack(name, directories, java, settings, progress);
    }
  }

  private Bundle pack(
      String name, List<Path> directories, Path java, BundleSettings settings, Progress progress) {
    Location output = settings.output();
    // Without it nobody can take parts for a bundle that are not one yet.
    store.delete(output.resolve(JoinScript.NAME));
    long bytes = directories.stream().mapToLong(Archive::bytes).sum() + Archive.bytes(java);
    List<Part> parts;
    try (PartWriter writer = new PartWriter(store, output, name, settings.partBytes());
        Archive archive = new Archive(writer, bytes, progress)) {
      archive.addEmptyDirectory(name);
      archive.addLink(name + "/" + LAUNCHER, "bin/" + LAUNCHER);
      for (Path directory : directories) {
        archive.addDirectory(name + "/" + directory.getFileName(), directory);
      }
      archive.addDirectory(name + "/" + RUNTIME, java);
      archive.finish();
      parts = writer.finish();
    } catch (IOException e) {
      throw Failure.inputOutput("pack", distribution.home(), e);
    }
    deleteOthers(output, name, parts);
    store.write(output.resolve(JoinScript.NAME), JoinScript.of(name, parts));
    return new Bundle(name, output, parts.size(), bytes);
  }

  private void deleteOthers(Location output, String name, List<Part> parts) {
    List<String> names = parts.stream().map(Part::name).toList();
    store.list(output).stream()
        .filter(file -> file.startsWith(name + ".part-") && !names.contains(file))
        .forEach(file -> store.delete(output.resolve(file)));
  }
}
