package dev.alexnet.infra.storage;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LocalDirectoryLockTest {
  @TempDir private Path directory;

  @Test
  void holding_anotherProcessHolds_isRefusedUntilThatIsKilled() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = other.inputReader()) {
      assertThat(said.readLine()).isEqualTo("held");
      assertThatFailure(() -> LocalDirectoryLock.holding(Location.of(directory), () -> "done"))
          .hasMessageStartingWith("Another run is working in " + directory);
    } finally {
      other.destroyForcibly().waitFor();
    }

    assertThat(LocalDirectoryLock.holding(Location.of(directory), () -> "done")).isEqualTo("done");
  }

  @Test
  void holding_fileInItsPlace_isRefusedByName() throws IOException {
    Path file = Files.createFile(directory.resolve("report.txt"));

    assertThatFailure(() -> LocalDirectoryLock.holding(Location.of(file), () -> "done"))
        .hasMessage(
            "Cannot work in %s: %s is a file, not a directory; use another directory"
                .formatted(file, file))
        .extracting(e -> ((Failure) e).kind())
        .isEqualTo(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void release_diskThatDoesNotRespond_comesBack() {
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);

    LocalDirectoryLock.release(
        () -> {
          await(answer);
          closed.countDown();
        },
        Duration.ofMillis(1));

    assertThat(closed.getCount()).isEqualTo(1);
    answer.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Holds the lock until the process is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      LocalDirectoryLock.holding(new Location(arguments[0]), Holder::untilKilled);
    }

    private static int untilKilled() {
      System.out.println("held");
      try {
        return System.in.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
