package dev.alexnet.tests.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import dev.alexnet.ops.cli.EnteredCommand;
import dev.alexnet.tests.SmallArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs that the command line hands to Dataflow, as templates that are written without Google.
 * The options are those of docs/dataflow.md.
 */
class StagedGraphTest {
  private static final String ACCELERATOR = "type:nvidia-l4;count:1;install-nvidia-driver";
  private static final String ACCELERATOR_HINT = "beam:resources:accelerator:v1";
  private static final String RAM_HINT = "beam:resources:min_ram_bytes:v1";

  @TempDir static Path directory;
  private static Dataset data;
  private static Location model;
  private static Path nothing;

  @BeforeAll
  static void writeInputs() throws IOException {
    SmallArchives.draw(directory.resolve("archives"), 2, List.of());
    data = DatasetFixture.write(directory.resolve("data"), "validation", 56, 3, 7);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
    nothing = directory.resolve("nothing.jar");
    new JarOutputStream(Files.newOutputStream(nothing)).close();
  }

  /** A job as it was handed over. */
  private record Staged(EnteredCommand entered, JsonNode job, RunnerApi.Pipeline graph) {

    /** The steps that run functions of ours, with the resource hints of their workers. */
    Map<String, Map<String, String>> steps() {
      Map<String, Map<String, String>> steps = new TreeMap<>();
      graph
          .getComponents()
          .getTransformsMap()
          .values()
          .forEach(
              transform -> {
                if (transform.getSpec().getUrn().equals("beam:transform:pardo:v1")) {
                  steps.put(transform.getUniqueName(), hintsOf(transform.getEnvironmentId()));
                }
              });
      return steps;
    }

    private Map<String, String> hintsOf(String environment) {
      Map<String, String> hints = new TreeMap<>();
      graph
          .getComponents()
          .getEnvironmentsOrThrow(environment)
          .getResourceHintsMap()
          .forEach((urn, value) -> hints.put(urn, value.toStringUtf8()));
      return hints;
    }

    JsonNode pool() {
      return job.at("/environment/workerPools/0");
    }
  }

  private static Staged stage(String name, List<String> command, String... more) throws Exception {
    Path template = Files.createDirectories(directory.resolve("template-" + name)).resolve("job");
    Stream<String> runner =
        Stream.of(
            "--",
            "--runner=DataflowRunner",
            "--templateLocation=" + template,
            "--stagerClass=" + DirectoryStager.class.getName(),
            "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
            "--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator",
            "--project=my-project",
            "--region=us-central1",
            "--gcpTempLocation=gs://alexnet-dev-temp/dataflow",
            "--stagingLocation=gs://alexnet-dev-temp/staging",
            "--serviceAccount=alexnet-dev-dataflow@my-project.iam.gserviceaccount.com",
            "--subnetwork=https://www.googleapis.com/compute/v1/projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
            "--usePublicIps=false",
            "--experiments=use_runner_v2",
            "--sdkContainerImage=us-central1-docker.pkg.dev/my-project/alexnet-dev/beam@sha256:12",
            "--workerMachineType=n2-standard-8",
            "--numWorkers=4",
            "--maxNumWorkers=8",
            "--labels={\"app\":\"alexnet\",\"environment\":\"dev\"}");
    EnteredCommand entered =
        EnteredCommand.enter(
            Stream.of(command.stream(), runner, Stream.of(more))
                .flatMap(part -> part)
                .toArray(String[]::new));
    assertThat(entered.exitCode()).as(entered.err()).isZero();
    assertThat(entered.out())
        .isEqualTo("template written to " + template + "; nothing has run yet\n");
    RunnerApi.Pipeline graph =
        RunnerApi.Pipeline.parseFrom(Files.readAllBytes(template.resolveSibling("pipeline.pb")));
    return new Staged(entered, new ObjectMapper().readTree(template.toFile()), graph);
  }

  private static List<String> convert(String output) {
    return List.of(
        "convert",
        "--input",
        directory.resolve("archives").toString(),
        "--output",
        directory.resolve(output).toString(),
        "--classes",
        "present",
        "--size",
        "56");
  }

  @Test
  void convert_template_hasItsStepsAndEveryLibraryOfThisProgram() throws Exception {
    Staged staged = stage("convert", convert("converted"));

    assertThat(staged.steps().keySet())
        .contains(
            "Index",
            "Assign/ParMultiDo(Assign)",
            "Write shards/ParMultiDo(Write)",
            "Check archives/ParMultiDo(CheckArchives)",
            "Commit/ParMultiDo(Commit)",
            "Check/ParMultiDo(Check)");
    assertThat(staged.pool().path("packages").findValuesAsText("name"))
        .anyMatch(name -> name.startsWith("tensorflow-core-native"))
        .anyMatch(name -> name.startsWith("beam-runners-google-cloud-dataflow-java"))
        .hasSizeGreaterThan(100);
  }

  @Test
  void convert_template_hasTheEnvironmentOfTheOptions() throws Exception {
    Staged staged = stage("places", convert("placed"), "--filesToStage=" + nothing);

    assertThat(staged.job().path("name").asText()).matches("alexnet-convert-placed-[0-9a-f]{8}");
    assertThat(staged.job().path("labels").path("environment").asText()).isEqualTo("dev");
    assertThat(staged.job().at("/environment/serviceAccountEmail").asText())
        .isEqualTo("alexnet-dev-dataflow@my-project.iam.gserviceaccount.com");
    assertThat(staged.pool().path("subnetwork").asText())
        .endsWith("/regions/us-central1/subnetworks/alexnet-dev");
    assertThat(staged.pool().path("ipConfiguration").asText()).isEqualTo("WORKER_IP_PRIVATE");
    assertThat(staged.pool().path("machineType").asText()).isEqualTo("n2-standard-8");
    assertThat(staged.pool().path("numWorkers").asInt()).isEqualTo(4);
    assertThat(staged.pool().at("/autoscalingSettings/maxNumWorkers").asInt()).isEqualTo(8);
    assertThat(staged.pool().path("sdkHarnessContainerImages").findValuesAsText("containerImage"))
        .containsExactly("us-central1-docker.pkg.dev/my-project/alexnet-dev/beam@sha256:12");
  }

  @Test
  void augment_template_hasItsStepsAndNoHints() throws Exception {
    Staged staged =
        stage(
            "augment",
            List.of(
                "augment",
                "--data",
                data.location().value(),
                "--output",
                directory.resolve("augmented").toString(),
                "--operations",
                "flip",
                "--copies",
                "2"),
            "--filesToStage=" + nothing,
            "--inferenceAccelerator=" + ACCELERATOR);

    assertThat(staged.job().path("name").asText()).matches("alexnet-augment-augmented-[0-9a-f]{8}");
    assertThat(staged.steps())
        .containsEntry("Augment/ParMultiDo(AugmentShard)", Map.of())
        .containsEntry("Commit/ParMultiDo(Commit)", Map.of());
  }

  @Test
  void score_templateWithAnAccelerator_asksForItInTheStepThatRunsModels() throws Exception {
    Staged staged =
        stage(
            "score",
            List.of(
                "score",
                "--data",
                data.location().value(),
                "--model",
                model.value(),
                "--output",
                directory.resolve("scores").toString()),
            "--filesToStage=" + nothing,
            "--inferenceAccelerator=" + ACCELERATOR,
            "--inferenceMinRam=16GB");

    assertThat(staged.job().path("name").asText()).matches("alexnet-score-scores-[0-9a-f]{8}");
    assertThat(staged.steps())
        .containsEntry(
            "Score/ParMultiDo(ScoreShard)",
            Map.of(ACCELERATOR_HINT, ACCELERATOR, RAM_HINT, "16000000000"))
        .containsEntry("Commit/ParMultiDo(Commit)", Map.of());
  }

  @Test
  void features_templateWithoutHints_asksForNothing() throws Exception {
    Staged staged =
        stage(
            "features",
            List.of(
                "features",
                "--data",
                data.location().value(),
                "--model",
                model.value(),
                "--output",
                directory.resolve("features").toString()),
            "--filesToStage=" + nothing,
            "--jobName=alexnet-dev-mine");

    assertThat(staged.job().path("name").asText()).isEqualTo("alexnet-dev-mine");
    assertThat(staged.steps())
        .containsEntry("Features/ParMultiDo(FeaturesShard)", Map.of())
        .containsEntry("Commit/ParMultiDo(Commit)", Map.of());
  }

  @Test
  void run_template_isRefusedBeforeAnythingIsWritten() {
    EnteredCommand entered =
        EnteredCommand.enter(
            "run",
            "--workdir",
            directory.resolve("work").toString(),
            "--",
            "--runner=DataflowRunner",
            "--templateLocation=" + directory.resolve("never"));

    assertThat(entered.exitCode()).isEqualTo(64);
    assertThat(entered.err())
        .contains("'run' goes on with what its pipelines make, so it cannot write a template");
    assertThat(directory.resolve("work")).doesNotExist();
  }

  @Test
  void convert_localPathsForWorkers_areRefusedByName() {
    EnteredCommand entered =
        EnteredCommand.enter(
            "convert",
            "--input",
            "archives",
            "--output",
            "/train",
            "--devkit",
            "devkit",
            "--",
            "--runner=DataflowRunner");

    assertThat(entered.exitCode()).isEqualTo(64);
    assertThat(entered.err())
        .contains(
            "alexnet: Dataflow's workers do not reach the disk of this machine: --input=archives, --output=/train. Copy inputs to a bucket with 'gcloud storage cp -r', and give gs:// locations\n");
  }
}
