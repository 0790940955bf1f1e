package dev.alexnet.tests.engine;

import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.cluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands in processes of their own that start jobs of a cluster, with relative paths. */
record ClusterCommands(Path directory, TestCluster cluster, int shards) {

  AlexnetProcess start(String... command) throws IOException {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--");
    words.addAll(cluster.options());
    return AlexnetProcess.start(directory, cluster.javaOptions(), words, Map.of());
  }

  /** As {@link SampleJob#convert}. */
  AlexnetProcess convert(String output) throws IOException {
    return start(
        "convert",
        "--input=archives",
        "--output=" + output,
        "--classes=present",
        "--shards=" + shards,
        "--size=56",
        "--max-rejected=" + SampleJob.REJECTED);
  }

  /** As {@link SampleJob#augment}, but for the copies. */
  AlexnetProcess augment(String output, int copies) throws IOException {
    return start(
        "augment",
        "--data=convert",
        "--output=" + output,
        "--operations=random_crop(48) | flip | colour(0.1)",
        "--copies=" + copies);
  }
}
