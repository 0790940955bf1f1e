package dev.alexnet.tests.storage;

import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.FakeGcsProcess;
import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bucket that a process of its own serves, and command lines that use it. */
public final class CloudBucket implements AutoCloseable {
  public static final String URL = "gs://" + FakeGcs.BUCKET;

  private final FakeGcsProcess fake;

  private CloudBucket(FakeGcsProcess fake) {
    this.fake = fake;
  }

  public static CloudBucket start(Path directory) throws IOException {
    return new CloudBucket(FakeGcsProcess.start(Files.createDirectory(directory.resolve("fake"))));
  }

  public FakeGcsProcess fake() {
    return fake;
  }

  /**
   * @param directory the current one of the process, and for its temporary files
   */
  AlexnetProcess start(Path directory, List<String> arguments) throws IOException {
    return AlexnetProcess.start(
        directory, List.of("-Xmx1g"), arguments, Map.of("STORAGE_EMULATOR_HOST", fake.address()));
  }

  AlexnetProcess.Ended run(Path directory, String... arguments)
      throws IOException, InterruptedException {
    return start(directory, Arrays.asList(arguments)).await();
  }

  /** The objects below a directory by their names there. */
  public Map<String, byte[]> files(String directory) {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : fake.objects(FakeGcs.BUCKET).keySet()) {
      if (name.startsWith(directory + "/")) {
        files.put(name.substring(directory.length() + 1), fake.content(FakeGcs.BUCKET, name));
      }
    }
    return files;
  }

  /** The live generations below a directory by name. */
  Map<String, Long> generations(String directory) {
    Map<String, Long> generations = new TreeMap<>(fake.objects(FakeGcs.BUCKET));
    generations.keySet().removeIf(name -> !name.startsWith(directory + "/"));
    return generations;
  }

  long requests() {
    return fake.requests().size();
  }

  @Override
  public void close() {
    fake.close();
  }
}
