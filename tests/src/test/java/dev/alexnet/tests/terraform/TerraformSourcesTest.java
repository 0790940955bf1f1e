package dev.alexnet.tests.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the written configuration, for which Terraform is not needed. */
class TerraformSourcesTest {
  /** An argument whose value is a literal. */
  private static final Pattern VALUE =
      Pattern.compile(
          "^( +(?!source|version)\\w+ += )(\"[^\"$]*\"|\\d+|true|false|null|\\{.*\\})$");

  private static Stream<String> directories() throws IOException {
    return Terraform.directories().stream();
  }

  @Test
  void sources_asTheyAre_breakNoRule() throws IOException {
    assertThat(SourceRules.violations(Terraform.sources())).isEmpty();
  }

  @Test
  void directories_ofTheConfiguration_areThese() throws IOException {
    assertThat(Terraform.directories())
        .containsExactly(
            "bootstrap",
            "environments/dev",
            "environments/prod",
            "modules/budget",
            "modules/ci_federation",
            "modules/environment",
            "modules/identities",
            "modules/images",
            "modules/network",
            "modules/observability",
            "modules/profile",
            "modules/services",
            "modules/storage");
  }

  @ParameterizedTest
  @MethodSource("directories")
  void directory_ofTheConfiguration_hasTestsAndPinsItsProvider(String directory)
      throws IOException {
    Path path = Terraform.sources().resolve(directory);

    try (Stream<Path> tests = Files.list(path.resolve("tests"))) {
      assertThat(tests.filter(file -> file.toString().endsWith(".tftest.hcl"))).isNotEmpty();
    }
    String pins =
        directory.startsWith("environments")
            ? Files.readString(path.resolve("providers.tf"))
            : Files.readString(path.resolve("versions.tf"));
    assertThat(pins).contains("required_version = \">= 1.11\"");
    if (!directory.endsWith("profile")) {
      assertThat(pins).contains("version = \"~> 6.50\"");
    }
  }

  @Test
  void environments_devAndProd_differInValuesOnly() throws IOException {
    Path environments = Terraform.sources().resolve("environments");
    List<String> files = namesIn(environments.resolve("dev"));

    assertThat(namesIn(environments.resolve("prod"))).isEqualTo(files);
    for (String file : files) {
      assertThat(withoutValues(environments.resolve("prod").resolve(file)))
          .as(file)
          .isEqualTo(withoutValues(environments.resolve("dev").resolve(file)));
    }
  }

  private static List<String> namesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".tf") || name.endsWith(".example"))
          .sorted()
          .toList();
    }
  }

  private static List<String> withoutValues(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> VALUE.matcher(line).replaceFirst("$1"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "bootstrap/main.tf, google_storage_bucket, state",
    "modules/storage/main.tf, terraform_data, protection",
  })
  void resource_thatGuardsData_cannotBeDestroyed(String file, String type, String name)
      throws IOException {
    assertThat(SourceBlock.of(Terraform.sources()))
        .filteredOn(block -> block.file().equals(file))
        .filteredOn(block -> block.labels().equals(List.of(type, name)))
        .singleElement()
        .satisfies(
            block ->
                assertThat(String.join("\n", block.body()))
                    .contains("  lifecycle {\n    prevent_destroy = true\n  }"));
  }
}
