package dev.alexnet.infra.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

  @Test
  void in_failureItself_isFound() {
    Failure failure = new Failure(Failure.Kind.USAGE, "wrong");

    assertThat(Failure.in(failure)).isSameAs(failure);
  }

  @Test
  void in_failureWrappedByRunner_isFound() {
    Failure failure = new Failure(Failure.Kind.BAD_DATA, "wrong");

    assertThat(Failure.in(new IllegalStateException(new RuntimeException(failure))))
        .isSameAs(failure);
  }

  @Test
  void in_failureCausedByAnother_isTheOuter() {
    Failure inner = new Failure(Failure.Kind.BAD_DATA, "inner");
    Failure outer = new Failure(Failure.Kind.MISMATCH, "outer", new IOException(inner));

    assertThat(Failure.in(new RuntimeException(outer))).isSameAs(outer);
  }

  @Test
  void in_chainWithoutFailure_isNull() {
    assertThat(Failure.in(new RuntimeException(new IOException()))).isNull();
    assertThat(Failure.in(null)).isNull();
  }

  @Test
  void new_withoutMessageOrKind_isRefused() {
    assertThatThrownBy(() -> new Failure(Failure.Kind.USAGE, null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("message is null");
    assertThatThrownBy(() -> new Failure(null, "message"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("kind is null");
  }

  @Test
  void exitCode_everyKind_isTheDocumentedOne() {
    assertThat(Arrays.stream(Failure.Kind.values()).map(kind -> kind + " " + kind.exitCode()))
        .containsExactly(
            "USAGE 64",
            "BAD_DATA 65",
            "INPUT_MISSING 66",
            "BUG 70",
            "OUTPUT_EXISTS 73",
            "INPUT_OUTPUT 74",
            "INTERRUPTED 75",
            "REMOTE 76",
            "PERMISSION 77",
            "MISMATCH 78",
            "NOT_FINITE 79",
            "DEVICE 80");
  }

  @Test
  void inputOutput_eachCause_saysWhyAndWhatToDo() {
    assertThat(Failure.inputOutput("write", "a/b", new IOException("No space left on device")))
        .hasMessage(
            "Cannot write a/b: No space left on device; check the disk and its free space, then run"
                + " the same command again");
    assertThat(Failure.inputOutput("read", "a/b", new NoSuchFileException("a/b")))
        .hasMessage(
            "Cannot read a/b: it does not exist; check the disk, then run the same command again");
    assertThat(Failure.inputOutput("delete", "a/b", new AccessDeniedException("a/b")))
        .hasMessage(
            "Cannot delete a/b: this user has no permission; check the disk, then run the same"
                + " command again");
    assertThat(Failure.inputOutput("list", "a", new FileSystemException("a", null, "Is a loop")))
        .hasMessage("Cannot list a: Is a loop; check the disk, then run the same command again");
    assertThat(Failure.inputOutput("read", "a", new EOFException()).kind())
        .isEqualTo(Failure.Kind.INPUT_OUTPUT);
    assertThat(Failure.inputOutput("read", "a", new EOFException()))
        .hasMessage("Cannot read a: EOFException; check the disk, then run the same command again");
  }

  @Test
  void ofExitCode_eachKind_isThatKind() {
    for (Failure.Kind kind : Failure.Kind.values()) {
      assertThat(Failure.Kind.ofExitCode(kind.exitCode())).contains(kind);
    }
    assertThat(Failure.Kind.ofExitCode(0)).isEmpty();
    assertThat(Failure.Kind.ofExitCode(137)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void meaning_kind_isThatOfTheDocumentedExitCode(Failure.Kind kind) throws IOException {
    assertThat(Files.readString(Path.of("..", "docs", "operating.md")))
        .containsPattern(
            "\n\\| %d \\| \\Q%s\\E( \\||;)".formatted(kind.exitCode(), kind.meaning()));
  }
}
