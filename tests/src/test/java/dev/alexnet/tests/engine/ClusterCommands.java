package dev.alexnet.tests.engine;

import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.cluster.BoundJava;
import dev.alexnet.tests.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands in processes of their own that start jobs of a cluster. */
record ClusterCommands(Path directory, TestCluster cluster, int shards) {
  private static final String MAIN = "dev.alexnet.ops.cli.Main";

  /** As {@link SampleJob#convert}, but with relative paths. */
  List<String> convert(String output) {
    return convert(Path.of("archives"), output);
  }

  List<String> convert(Path input, String output) {
    return List.of(
        "convert",
        "--input=" + input,
        "--output=" + output,
        "--classes=present",
        "--shards=" + shards,
        "--size=56",
        "--max-rejected=" + SampleJob.REJECTED);
  }

  /** As {@link SampleJob#augment}, but for the copies. */
  List<String> augment(String output, int copies) {
    return List.of(
        "augment",
        "--data=convert",
        "--output=" + output,
        "--operations=random_crop(48) | flip | colour(0.1)",
        "--copies=" + copies);
  }

  AlexnetProcess start(List<String> command) throws IOException {
    return start(command, cluster.options());
  }

  /**
   * @param engine the options after {@code --}
   */
  AlexnetProcess start(List<String> command, List<String> engine) throws IOException {
    return start(List.of(), cluster.javaOptions(), command, engine);
  }

  /**
   * @param other what this command has ahead of its class path, and workers do not have
   */
  AlexnetProcess startWith(Path other, List<String> command) throws IOException {
    List<String> options = new ArrayList<>(cluster.javaOptions());
    // Spark's executors would otherwise get the command's whole class path.
    options.add("-Dspark.executor.extraClassPath=" + System.getProperty("java.class.path"));
    return start(List.of(other), options, command, cluster.options());
  }

  private AlexnetProcess start(
      List<Path> first, List<String> options, List<String> command, List<String> engine)
      throws IOException {
    List<String> words = new ArrayList<>();
    words.add(MAIN);
    words.addAll(command);
    words.add("--");
    words.addAll(engine);
    return AlexnetProcess.of(
        BoundJava.builder(directory, options, first, words, Map.of()), directory);
  }
}
