package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no bash")
class CompletionScriptTest {
  /**
   * Bash gives the function the words that are typed, and the place of the one at the cursor. Only
   * bash itself may call compopt, while it completes.
   */
  private static final String COMPLETE =
      """
      compopt() { :; }
      source "$1"; shift
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_alexnet
      printf '%s\\n' "${COMPREPLY[@]}"
      """;

  @TempDir Path directory;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    script = directory.resolve("completion/alexnet.bash");
    CompletionScript.main(new String[] {script.toString()});
  }

  private List<String> completed(String... words) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(List.of("bash", "--norc", "-c", COMPLETE, "bash", script.toString()));
    line.add("alexnet");
    line.addAll(List.of(words));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(shown).isZero();
    return shown.lines().map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  @Test
  void bash_startOfACommand_completesIt() throws Exception {
    assertThat(completed("tr")).containsExactly("train");
    assertThat(completed("")).hasSizeGreaterThanOrEqualTo(23);
  }

  @Test
  void bash_startOfAnOption_completesIt() throws Exception {
    assertThat(completed("score", "--find")).containsExactly("--find-weights");
    assertThat(completed("train", "--data", "dataset", "--weight"))
        .containsExactly("--weight-decay");
  }

  @Test
  void bash_valueOfAClosedOption_completesItsWords() throws Exception {
    assertThat(completed("train", "--schedule", "pl")).containsExactly("plateau");
    assertThat(completed("train", "--preset", "pub")).containsExactly("published");
    assertThat(completed("inspect", "--color", "")).containsExactly("auto", "always", "never");
  }

  @Test
  void bash_valueThatIsAPath_completesFiles() throws Exception {
    String start = directory.resolve("comp").toString();

    assertThat(completed("score", "--data", start))
        .containsExactly(directory.resolve("completion").toString());
  }

  @Test
  void text_writtenTwice_isTheSame() throws Exception {
    assertThat(Files.readString(script)).isEqualTo(CompletionScript.text());
  }
}
