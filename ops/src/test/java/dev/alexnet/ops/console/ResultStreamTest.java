package dev.alexnet.ops.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStreamTest {
  private static final byte[] LINE = "line\n".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path directory;

  /** Takes one line. */
  private static final class OneLine extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public void write(int one) throws IOException {
      if (taken.size() == LINE.length) {
        throw new IOException("refused");
      }
      taken.write(one);
    }
  }

  private static void writeTwice(OutputStream out) throws IOException {
    out.write(LINE);
    out.write(LINE);
    out.flush();
  }

  @Test
  void write_readerOfAPipeThatHasEnded_dropsTheRest() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor())
        .isZero();
    OneLine reader = new OneLine();

    writeTwice(new ResultStream(reader, pipe));

    assertThat(reader.taken).hasToString("line\n");
  }

  @Test
  void write_fileOnAFullDisk_fails() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> writeTwice(new ResultStream(new OneLine(), file)))
        .isInstanceOf(IOException.class)
        .hasMessage("refused");
  }

  @Test
  void write_deviceThatIsNotKnown_fails() {
    assertThatThrownBy(
            () -> writeTwice(new ResultStream(new OneLine(), directory.resolve("absent"))))
        .isInstanceOf(IOException.class)
        .hasMessage("refused");
  }
}
