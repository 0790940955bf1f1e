package dev.alexnet.pipelines.truth;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.model.dataset.Labels;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The classes of ILSVRC2012 in the order in which labels of it are published: sorted wnids. */
final class PublishedClasses {
  /** Of the thousand wnids of the devkit, sorted, each with a line feed. */
  private static final String SHA_256 =
      "70002b0ff5de60a3a17a82dbfcff291931f96225ddf941ad2e182fc39e183d15";

  private PublishedClasses() {}

  static boolean are(Labels labels) {
    String wnids =
        labels.classes().stream().map(label -> label.wnid() + "\n").collect(Collectors.joining());
    return Sha256.of(wnids.getBytes(StandardCharsets.UTF_8)).equals(SHA_256);
  }
}
