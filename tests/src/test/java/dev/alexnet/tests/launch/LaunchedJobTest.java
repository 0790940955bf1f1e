package dev.alexnet.tests.launch;

import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The container is the program on the class path of the tests. */
@Tag("endurance")
class LaunchedJobTest extends LaunchedJobContract {
  @Override
  AlexnetProcess startContainer(String machine, List<String> words, Map<String, String> environment)
      throws IOException {
    return AlexnetProcess.start(home(machine), List.of("-Xmx1g"), words, environment);
  }

  @Override
  Path disk(String machine) {
    return directory.resolve(machine).resolve("disk");
  }
}
