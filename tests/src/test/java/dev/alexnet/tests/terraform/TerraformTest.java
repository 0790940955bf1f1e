package dev.alexnet.tests.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.tests.AlexnetProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs Terraform's own tests of every directory, and checks the rules for all their plans. */
@Terraform.Needed
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerraformTest {
  /** Runs whose configuration was applied before, so that nothing is left to do. */
  private static final String AFTER_APPLY = "plan_after_apply";

  private final Map<String, TestRun> runs = new HashMap<>();
  private Terraform terraform;

  private static Stream<String> directories() throws IOException {
    return Terraform.directories().stream();
  }

  @BeforeAll
  void copy(@TempDir Path directory) throws IOException {
    terraform = Terraform.copiedTo(directory);
  }

  private TestRun tested(String directory) throws IOException, InterruptedException {
    TestRun known = runs.get(directory);
    if (known == null) {
      Terraform.Ended init = terraform.init(directory);
      assertThat(init.exitCode()).as(init.err()).isZero();
      known = terraform.test(directory);
      runs.put(directory, known);
    }
    return known;
  }

  private TestRun.Plan plan(String directory, String run) throws Exception {
    return tested(directory).plans().stream()
        .filter(plan -> plan.run().equals(run))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void fmt_ofEverything_changesNothing() throws Exception {
    Terraform.Ended fmt = terraform.run(".", "fmt", "-check", "-diff", "-recursive");

    assertThat(fmt.exitCode()).as(fmt.out() + fmt.err()).isZero();
  }

  @ParameterizedTest
  @MethodSource("directories")
  void directory_ofTheConfiguration_isValidAndPassesItsTests(String directory) throws Exception {
    TestRun run = tested(directory);
    Terraform.Ended validate = terraform.run(directory, "validate", "-no-color");

    assertThat(validate.exitCode()).as(validate.err()).isZero();
    assertThat(run.problems()).isEmpty();
    assertThat(run.status()).isEqualTo("pass");
    assertThat(run.passed()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("directories")
  void plans_ofADirectory_breakNoRule(String directory) throws Exception {
    PlanRules rules =
        new PlanRules(
            directory.equals("bootstrap")
                ? AllowedRoles.OF_BOOTSTRAP
                : AllowedRoles.OF_ENVIRONMENTS);

    assertThat(tested(directory).plans())
        .allSatisfy(plan -> assertThat(rules.violations(plan.changes())).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"modules/environment", "modules/services"})
  void plan_afterAnApply_isEmpty(String directory) throws Exception {
    List<PlannedResource> changes = plan(directory, AFTER_APPLY).changes();

    assertThat(changes).isNotEmpty();
    assertThat(changes).extracting(PlannedResource::action).containsOnly("no-op");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void contract_ofAnEnvironment_isWhatTheProgramReads(String name) throws Exception {
    byte[] json =
        new ObjectMapper().writeValueAsBytes(plan("environments/" + name, "contract").contract());

    EnvironmentContract contract = EnvironmentContract.read(json, "contract of " + name);

    assertThat(contract.environment()).isEqualTo(name);
    assertThat(contract.buckets())
        .isEqualTo(
            new EnvironmentContract.Buckets(
                "my-project-alexnet-" + name + "-archives",
                "my-project-alexnet-" + name + "-runs",
                "my-project-alexnet-" + name + "-temp"));
    assertThat(contract.imageRepository())
        .isEqualTo("us-central1-docker.pkg.dev/my-project/alexnet-" + name);
    assertThat(contract.labels()).isEqualTo(Map.of("application", "alexnet", "environment", name));
    assertThat(contract.profiles()).containsOnlyKeys("l4", "t4", "a100", "a100-80");
    assertThat(contract.profileNamed(contract.profile()).machineType()).isEqualTo("g2-standard-24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void contract_ofAnEnvironment_isEnoughToPrintAJob(String name, @TempDir Path directory)
      throws Exception {
    Files.write(
        directory.resolve("environment.json"),
        new ObjectMapper().writeValueAsBytes(plan("environments/" + name, "contract").contract()));
    Files.writeString(
        directory.resolve("job.yaml"), "train:\n  data: gs://my-project/data\n  epochs: 1\n");
    String image =
        "us-central1-docker.pkg.dev/my-project/alexnet-" + name + "/gpu@sha256:" + "0".repeat(64);

    AlexnetProcess.Ended launch =
        AlexnetProcess.start(
                directory,
                List.of("-Xmx1g"),
                List.of("launch", "first", "--config=job.yaml", "--image=" + image, "--dry-run"),
                Map.of())
            .await();

    assertThat(launch.exitCode()).as(launch.err()).isZero();
    JsonNode job = new ObjectMapper().readTree(launch.out());
    assertThat(job.at("/labels/environment").asText()).isEqualTo(name);
    assertThat(job.at("/allocationPolicy/instances/0/policy/machineType").asText())
        .isEqualTo("g2-standard-24");
    // A computed address has no real value in a plan.
    assertThat(job.at("/allocationPolicy/serviceAccount/email").asText())
        .isEqualTo("mocked@my-project.iam.gserviceaccount.com");
    assertThat(job.at("/taskGroups/0/taskSpec/runnables/1/container/commands/4").asText())
        .isEqualTo("gs://my-project-alexnet-" + name + "-runs/first");
    assertThat(job.at("/taskGroups/0/taskSpec/runnables/1/container/imageUri").asText())
        .isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void environment_asItComes_hasNoWayToTheInternet(String name) throws Exception {
    assertThat(plan("environments/" + name, "contract").changes())
        .extracting(PlannedResource::type)
        .contains("google_compute_subnetwork")
        .doesNotContain("google_compute_router_nat");
  }

  @Test
  void prod_bucketsWithData_areProtected() throws Exception {
    assertThat(PlanRules.unprotected(plan("environments/prod", "contract").changes())).isEmpty();
    assertThat(PlanRules.unprotected(plan("environments/dev", "contract").changes()))
        .containsExactly(
            "module.environment.module.storage.google_storage_bucket.main[\"archives\"]:"
                + " a destroy would take it",
            "module.environment.module.storage.google_storage_bucket.main[\"runs\"]:"
                + " a destroy would take it");
  }

  @Test
  void destroy_ofProtectedBuckets_isRefused() throws Exception {
    Path tests = terraform.root().resolve("modules/storage/tests");
    String before = Files.readString(tests.resolve("storage.tftest.hcl"));
    Files.delete(tests.resolve("storage.tftest.hcl"));
    Files.writeString(
        tests.resolve("applied.tftest.hcl"),
        """
        mock_provider "google" {}
        variables {
          project   = "my-project"
          name      = "alexnet-prod"
          region    = "us-central1"
          labels    = { application = "alexnet", environment = "prod" }
          protected = true
        }
        run "apply" {}
        """);
    terraform.init("modules/storage");

    // Terraform destroys what a test applied, or tries to.
    TestRun run = terraform.test("modules/storage");

    Files.delete(tests.resolve("applied.tftest.hcl"));
    Files.writeString(tests.resolve("storage.tftest.hcl"), before);
    assertThat(run.passed()).isOne();
    assertThat(run.problems())
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("Instance cannot be destroyed: ")
                    .contains("terraform_data.protection[0]"));
  }

  @Test
  void deployer_mayGrant_whatEnvironmentsGrantAndNothingElse() throws Exception {
    Set<String> granted =
        plan("environments/prod", "contract").changes().stream()
            .filter(resource -> resource.type().equals("google_project_iam_member"))
            .map(resource -> resource.text("role"))
            .collect(Collectors.toSet());
    String condition =
        plan("bootstrap", "keeps_the_state").changes().stream()
            .filter(resource -> resource.text("role").equals(AllowedRoles.GRANTS_ROLES))
            .map(resource -> resource.values().at("/condition/0/expression").asText())
            .collect(Collectors.joining());

    assertThat(
            Pattern.compile("'(roles/[^']+)'")
                .matcher(condition)
                .results()
                .map(role -> role.group(1)))
        .containsExactlyInAnyOrderElementsOf(granted);
  }
}
