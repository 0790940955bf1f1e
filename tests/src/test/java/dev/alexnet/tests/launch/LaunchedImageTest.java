package dev.alexnet.tests.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.tests.AlexnetProcess;
import dev.alexnet.tests.image.ChangedRoot;
import dev.alexnet.tests.image.UnpackedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The container is an unpacked image in a root of its own, with the network of this machine. */
@Tag("image")
@EnabledIfSystemProperty(
    named = "alexnet.image.tar",
    matches = ".+",
    disabledReason = "no -Dalexnet.image.tar=FILE names an image")
class LaunchedImageTest extends LaunchedJobContract {
  @TempDir static Path unpacked;

  private static UnpackedImage image;
  private static ChangedRoot root;

  @BeforeAll
  static void unpack() throws Exception {
    image = UnpackedImage.of(Path.of(System.getProperty("alexnet.image.tar")), unpacked);
    // Whatever starts a container writes this file.
    Files.writeString(image.root().resolve("etc/hosts"), "127.0.0.1 localhost\n");
    root = ChangedRoot.withNetwork(image.root());
    assumeTrue(root != null, "this machine allows neither user namespaces nor another root");
  }

  @Override
  AlexnetProcess startContainer(String machine, List<String> words, Map<String, String> environment)
      throws IOException {
    Map<String, String> all = new TreeMap<>(image.environment());
    all.putAll(environment);
    List<String> command = new ArrayList<>(image.entryPoint());
    command.addAll(words);
    return AlexnetProcess.of(root.builder(all, command), home(machine));
  }

  @Override
  Path disk(String machine) {
    return Path.of("/tmp", machine);
  }
}
