package dev.alexnet.tests.launcher;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bin/alexnet shows of what is written to standard error past Java. */
class NativeMessagesTest {
  private static final String OF_SOUND_MACHINES =
      """
      WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
      I0000 00:00:1795823796.037371   28449 mlir_graph_optimization_pass.cc:401] MLIR V1 is not enabled
      2026-11-27 23:58:11.123456: E tensorflow/core/framework/node_def_util.cc:676] NodeDef mentions
      \t [[{{node DecodeJpeg}}]]
      Corrupt JPEG data: 65533 extraneous bytes before marker 0xd9
      Input file read error
      Huffman table 0x00 was not defined
      Unsupported JPEG process: SOF type 0xc3
      Bogus Huffman table definition
      """;

  @TempDir Path temporary;

  private Programs programs;
  private Launcher launcher;

  @BeforeEach
  void layOut() throws IOException {
    temporary = temporary.toRealPath();
    Path script = Distribution.withLibraries(temporary.resolve("home"), "alexnet-ops-1.jar");
    programs = Programs.in(temporary.resolve("programs"));
    programs.with("readlink", "sed", "head", "cat", "mktemp", "mkfifo", "rm");
    Path scratch = Files.createDirectory(temporary.resolve("scratch"));
    launcher =
        new Launcher(
            script.toString(),
            temporary,
            Map.of("PATH", programs.directory().toString(), "TMPDIR", scratch.toString()));
  }

  /** A stub of Java that writes, and ends as told. */
  private void writes(String end) throws IOException {
    programs.script(
        "java",
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "21.0.2" 2024-01-16' >&2
          exit
        fi
        cat >&2 <<'END'
        %sEND
        %s
        """
            .formatted(OF_SOUND_MACHINES, end));
  }

  private StartedLauncher.Ended run(String... arguments) throws Exception {
    return launcher.run(arguments);
  }

  @Test
  void start_messagesThatNobodyNeeds_areNotShown() throws Exception {
    writes("echo 'alexnet: native messages are not needed' >&2");
    assertThat(run("run").err()).isEmpty();
    assertThat(temporary.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void start_ownMessages_goAroundTheRelay() throws Exception {
    writes("printf 'half a line' >&0; echo 'alexnet: native messages are not needed' >&2");
    assertThat(run("run").err()).isEqualTo("half a line\n");
  }

  @Test
  void start_anyOtherLine_isPassedOn() throws Exception {
    writes(
        "echo 'F0000 00:00:1 tensor.cc:1] Check failed' >&2; printf 'terminate called' >&2; exit 3");
    StartedLauncher.Ended ended = run("run");
    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.err())
        .isEqualTo(
            "F0000 00:00:1 tensor.cc:1] Check failed\nterminate called\n"
                + "alexnet: the last messages of native libraries:\n"
                + OF_SOUND_MACHINES);
  }

  @Test
  void start_killed_showsWhatWasHeldBack() throws Exception {
    writes("kill -9 $$");
    StartedLauncher.Ended ended = run("run");
    assertThat(ended.exitCode()).isEqualTo(137);
    assertThat(ended.err())
        .isEqualTo("alexnet: the last messages of native libraries:\n" + OF_SOUND_MACHINES);
  }

  @Test
  void start_killedAfterManyMessages_showsTheLast() throws Exception {
    writes("i=0; while [ $((i += 1)) -le 3000 ]; do echo \"libpng $i\"; done >&2; kill -9 $$");
    assertThat(run("run").err())
        .isEqualTo(
            "alexnet: the last messages of native libraries:\n" + lines("libpng ", 2951, 3000));
  }

  @Test
  void start_messagesOfAProcessThatOutlivesJava_arePassedOn() throws Exception {
    writes(
        """
        {
          while kill -0 $$ 2>/dev/null; do :; done
          i=0
          while [ $((i += 1)) -le 300 ]; do echo "late $i"; done >&2
        } >/dev/null &
        exit 3
        """);
    assertThat(run("run").err())
        .isEqualTo(
            lines("late ", 1, 300)
                + "alexnet: the last messages of native libraries:\n"
                + OF_SOUND_MACHINES);
  }

  private static String lines(String before, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(number -> before + number + "\n")
        .collect(joining());
  }

  @Test
  void start_verbose_holdsNothingBack() throws Exception {
    writes("echo own >&2");
    assertThat(run("run", "--verbose").err()).isEqualTo(OF_SOUND_MACHINES + "own\n");
  }

  @Test
  void start_withoutPipes_holdsNothingBack() throws Exception {
    Files.delete(programs.directory().resolve("mkfifo"));
    writes("echo own >&2");
    assertThat(run("run").err()).isEqualTo(OF_SOUND_MACHINES + "own\n");
  }
}
