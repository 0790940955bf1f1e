package dev.alexnet.tests.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shows in a copy of the real configuration that each rule catches its fault. */
class PlantedFaultsTest {
  @TempDir private Path directory;

  /**
   * @param wrong what is written instead, with {@code \\n} for the end of a line
   */
  private Terraform copyWith(String file, String right, String wrong) throws IOException {
    Terraform terraform = Terraform.copiedTo(directory);
    Path path = terraform.root().resolve(file);
    String text = Files.readString(path);
    assertThat(text).as(file).contains(right);
    Files.writeString(path, text.replace(right, wrong.replace("\\n", "\n")));
    return terraform;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "modules/network/variables.tf | type        = string | nullable    = true"
            + " | modules/network/variables.tf: variable.project: the variable has no type",
        "modules/network/variables.tf | description = | default     ="
            + " | modules/network/variables.tf: variable.project: the variable has no description",
        "modules/network/outputs.tf | description = | sensitive   ="
            + " | modules/network/outputs.tf: output.network: the output has no description",
        "modules/identities/main.tf | google_storage_bucket_iam_member | google_storage_bucket_iam_binding"
            + " | modules/identities/main.tf: resource.google_storage_bucket_iam_binding.main:"
            + " it removes members that it does not name; use _iam_member",
        "modules/identities/main.tf | google_project_iam_member | google_project_iam_policy"
            + " | modules/identities/main.tf: resource.google_project_iam_policy.main:"
            + " it removes members that it does not name; use _iam_member",
        "modules/identities/main.tf | \"google_service_account\" | \"google_service_account_key\""
            + " | modules/identities/main.tf: resource.google_service_account_key.main:"
            + " keys get lost; impersonate the account",
        "modules/storage/main.tf | public_access_prevention    = \"enforced\" | requester_pays = false"
            + " | modules/storage/main.tf: resource.google_storage_bucket.main:"
            + " public_access_prevention is not set",
        "modules/network/main.tf | # Carries the translation below. |"
            + " | modules/network/main.tf: resource.google_compute_router.main:"
            + " no comment says what it is for",
        "modules/network/main.tf | ports    = [ | # Why not.\\n    ports    = ["
            + " | modules/network/main.tf: resource.google_compute_firewall.dataflow:"
            + " it has a second comment",
      })
  void sources_withAFault_breakARuleByName(String file, String right, String wrong, String found)
      throws IOException {
    Terraform terraform = copyWith(file, right, wrong == null ? "" : wrong);

    assertThat(SourceRules.violations(terraform.root())).contains(found);
  }

  @Test
  @Terraform.Needed
  void argument_thatDoesNotExist_isCaughtByValidate() throws Exception {
    Terraform terraform =
        copyWith(
            "modules/network/main.tf",
            "auto_create_subnetworks = false",
            "automatic_subnetworks = false");
    terraform.init("modules/network");

    Terraform.Ended validate = terraform.run("modules/network", "validate", "-no-color");

    assertThat(validate.exitCode()).isOne();
    assertThat(validate.err())
        .contains("Unsupported argument", "\"automatic_subnetworks\" is not expected here");
  }

  @ParameterizedTest
  @Terraform.Needed
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "identities | google_service_account.main[each.value.who].member | \"allUsers\""
            + " | google_project_iam_member.main[\"job batch.agentReporter\"]: allUsers is the public",
        "identities | \"storage.objectViewer\" | \"storage.objectVewer\""
            + " | google_storage_bucket_iam_member.main[\"job archives storage.objectVewer\"]:"
            + " roles/storage.objectVewer is not among the roles that it may grant",
        "identities | \"dataflow.worker\" | \"editor\""
            + " | google_project_iam_member.main[\"dataflow editor\"]:"
            + " roles/editor is not among the roles that it may grant",
        "storage | public_access_prevention    = \"enforced\" | public_access_prevention = \"inherited\""
            + " | google_storage_bucket.main[\"runs\"]: public_access_prevention is not enforced",
        "storage | uniform_bucket_level_access = true | uniform_bucket_level_access = false"
            + " | google_storage_bucket.main[\"runs\"]: objects have access lists of their own",
        "storage | age = lifecycle_rule.value | age = 0"
            + " | google_storage_bucket.main[\"temp\"]: objects are deleted at the age of 0 days",
        "storage | age = lifecycle_rule.value | num_newer_versions = 3"
            + " | google_storage_bucket.main[\"temp\"]: objects are deleted at the age of 0 days",
        "storage | = var.labels | = {}"
            + " | google_storage_bucket.main[\"temp\"]:"
            + " the labels application and environment are missing",
        "network | source_tags = [\"dataflow\"] | source_ranges = [\"0.0.0.0/0\"]"
            + " | google_compute_firewall.dataflow: the whole internet may come in",
        "network | \"AUTO_ONLY\" | \"MANUAL_ONLY\"\\n  nat_ips = [\"1.2.3.4\"]"
            + " | google_compute_router_nat.main[0]: it has an external address",
        "network | # Carries the translation below. | resource \"google_compute_instance_template\""
            + " \"gpu\" {\\n  machine_type = \"g2-standard-24\"\\n  disk {}\\n  network_interface {\\n"
            + "    access_config {}\\n  }\\n}\\n"
            + " | google_compute_instance_template.gpu: it has an external address",
        "ci_federation | attribute_condition                | # attribute_condition"
            + " | google_iam_workload_identity_pool_provider.github:"
            + " no condition says which repository gets in",
      })
  void plan_withAFault_breaksARuleByName(String module, String right, String wrong, String found)
      throws Exception {
    String folder = "modules/" + module;
    Terraform terraform = copyWith(folder + "/main.tf", right, wrong);
    terraform.init(folder);

    TestRun run = terraform.test(folder);

    assertThat(run.plans()).as(() -> run.problems().toString()).isNotEmpty();
    List<String> violations =
        run.plans().stream()
            .flatMap(
                plan ->
                    new PlanRules(AllowedRoles.OF_ENVIRONMENTS).violations(plan.changes()).stream())
            .toList();
    assertThat(violations).contains(found);
  }

  @Test
  @Terraform.Needed
  void bootstrap_whoseDeployerMayGrantAnything_breaksARuleByName() throws Exception {
    Terraform terraform = copyWith("bootstrap/main.tf", ".hasOnly(", ".hasAny(");
    terraform.init("bootstrap");

    List<PlannedResource> plan = terraform.test("bootstrap").plans().get(0).changes();

    assertThat(new PlanRules(AllowedRoles.OF_BOOTSTRAP).violations(plan))
        .containsExactly(
            "google_project_iam_member.granting: it may grant any role, because no condition"
                + " limits it");
  }

  @Test
  @Terraform.Needed
  void prod_unprotected_isCaughtByName() throws Exception {
    Terraform terraform =
        copyWith(
            "environments/prod/main.tf", "protected        = true", "protected        = false");
    terraform.init("environments/prod");

    List<PlannedResource> plan = terraform.test("environments/prod").plans().get(0).changes();

    assertThat(PlanRules.unprotected(plan))
        .contains(
            "module.environment.module.storage.google_storage_bucket.main[\"runs\"]:"
                + " a destroy would take it");
  }
}
