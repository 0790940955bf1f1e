package dev.alexnet.model.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;

class TensorFlowLibraryTest {
  /** Where the library is not unpacked yet: only whoever unpacks it locks it. */
  @TempDir private Path cache;

  @Test
  void load_interruptedThread_leavesAProcessThatCanUseTensorFlow() throws Exception {
    assertThat(firstUse("load")).isEqualTo("interrupted: true, usable: true");
  }

  /** Why it is needed: TensorFlow itself is lost to the process. */
  @Test
  void graph_firstUseOfAnInterruptedThread_losesTensorFlow() throws Exception {
    assertThat(firstUse("use")).isEqualTo("interrupted: true, usable: false");
  }

  private String firstUse(String how) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-cp",
                System.getProperty("java.class.path"),
                FirstUse.class.getName(),
                how)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said = process.inputReader()) {
      return said.readLine();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The first use of TensorFlow in a process, by a thread that is interrupted. */
  static final class FirstUse {
    private FirstUse() {}

    public static void main(String[] how) {
      Thread.currentThread().interrupt();
      if (how[0].equals("load")) {
        TensorFlowLibrary.load();
      } else {
        isUsable();
      }
      boolean interrupted = Thread.interrupted();
      System.out.println("interrupted: " + interrupted + ", usable: " + isUsable());
    }

    private static boolean isUsable() {
      try (Graph graph = new Graph()) {
        return graph.toGraphDef() != null;
      } catch (LinkageError e) {
        return false;
      }
    }
  }
}
