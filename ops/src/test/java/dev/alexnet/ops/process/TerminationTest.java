package dev.alexnet.ops.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TerminationTest {
  private static final int TERMINATED = 128 + 15;

  /** A process that waits for an answer within work that heeds signals. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      Termination termination = Termination.ofProcess(() -> {});
      termination.heededBy(() -> termination.unheededBy(Asking::answer));
    }

    private static int answer() {
      try {
        System.out.println("asking");
        return System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void unheededBy_signalWhileItWaits_endsTheProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Asking.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("asking");

      // Which, unlike that of the process, leaves its input open.
      process.toHandle().destroy();

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(TERMINATED);
    } finally {
      process.destroyForcibly();
    }
  }
}
