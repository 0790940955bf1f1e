package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.bundle.Bundle;
import dev.alexnet.ops.command.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The schema allows what commands write. {@link TypedLine} checks that of every test, so this runs
 * only those commands that no other test runs with {@code --json}.
 */
class OutputSchemaTest {
  private static final String JOB =
      """
      synth: {classes: 6, train-per-class: 6, val-per-class: 2}
      convert: {size: 56, shards: 1}
      augment: {copies: 1, operations: random_crop(48) | flip}
      train: {preset: mini, steps: 2, batch: 8, schedule: constant}
      score: {}
      similar: {images: 1, neighbours: 1}
      report: {}
      """;

  @TempDir Path directory;

  private JsonNode written(String line) {
    List<String> words = new ArrayList<>(List.of(line.replace("@", directory + "/").split(" ")));
    words.add("--json");
    TypedLine typed = TypedLine.enter(words.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return OutputSchema.assertAllows(typed.out());
  }

  @Test
  void output_ofTheCommandsOfAJob_isAllowed() throws IOException {
    Files.writeString(directory.resolve("job.yaml"), JOB);
    JsonNode run = written("run --config @job.yaml --workdir @run");
    assertThat(run.get("steps")).hasSize(8);

    written("synth --classes 6 --train-per-class 6 --val-per-class 2 --output @run/archives");
    written("convert --input @run/archives --split train --size 56 --output @train");
    JsonNode seen = written("convert --input @run/archives --split val --dry-run --output @none");
    assertThat(seen.get("result").get("split").asText()).isEqualTo("validation");
    written("augment --data @train --copies 1 --operations flip --output @augmented");
    written(
        "export --training @run/training --data @run/augmented --checkpoint last --output @model");
    String scored = "--data @run/dataset/validation --model @model";
    written("score " + scored + " --output @scores");
    written("score " + scored + " --output @scores");
    written("features " + scored + " --output @features");
    written("compare --output @comparison @run/scores @scores");
    written("report --scores @scores --training @run/training --output @report");
    for (String part : List.of("run", "run/dataset/train", "model", "scores", "features")) {
      written("inspect @" + part);
    }
    written("inspect @run/training/checkpoints");
  }

  @Test
  void output_ofCommandsThatNeedNoDataset_isAllowed() throws IOException {
    Files.writeString(directory.resolve("submission.txt"), "1 2 3 4 5\n2 1 3 4 5\n");
    Files.writeString(directory.resolve("truth.txt"), "1\n1\n");

    written("network --preset mini");
    written("benchmark --preset mini --batch 4 --steps 1");
    written("evaluate --submission @submission.txt --truth @truth.txt");
    OutputSchema.assertAllows(
        Json.result(
                Map.of(
                    "command",
                    "bundle",
                    "settings",
                    Map.of("output", "bundle"),
                    "result",
                    new Bundle("alexnet", new Location("bundle"), 3, 1_000)))
            + "\n");
  }

  @Test
  void assertAllows_otherKeys_fails() {
    OutputSchema.assertAllows("{\"error\":{\"code\":64,\"kind\":\"usage\",\"message\":\"a\"}}\n");

    assertThatThrownBy(
            () ->
                OutputSchema.assertAllows(
                    "{\"error\":{\"code\":64,\"kind\":\"usage\",\"text\":\"a\"}}\n"))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void document_hasTheOutputOfEveryCommand() {
    JsonNode definitions = OutputSchema.document().get("$defs");
    CommandLine root = Commands.under(new GuiceFactory(TypedLine.injector()));

    assertThat(root.getSubcommands().keySet())
        .allSatisfy(name -> assertThat(definitions.has("output_of_" + name)).as(name).isTrue());
  }
}
