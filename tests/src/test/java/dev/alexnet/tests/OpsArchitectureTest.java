package dev.alexnet.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The packages of ops, each of which uses only those below it. */
@AnalyzeClasses(
    packages = "dev.alexnet.ops",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class OpsArchitectureTest {

  @ArchTest
  static final ArchRule roomsDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.alexnet.ops.cli..")
          .layer("command")
          .definedBy("dev.alexnet.ops.command..")
          .layer("planning")
          .definedBy("dev.alexnet.ops.planning..")
          .layer("parsing")
          .definedBy("dev.alexnet.ops.parsing..")
          .layer("launch")
          .definedBy("dev.alexnet.ops.launch..")
          .layer("attempt")
          .definedBy("dev.alexnet.ops.attempt..")
          .layer("job")
          .definedBy("dev.alexnet.ops.job..")
          .layer("runner")
          .definedBy("dev.alexnet.ops.runner..")
          .layer("process")
          .definedBy("dev.alexnet.ops.process..")
          .layer("doctor")
          .definedBy("dev.alexnet.ops.doctor..")
          .layer("bundle")
          .definedBy("dev.alexnet.ops.bundle..")
          .layer("inspection")
          .definedBy("dev.alexnet.ops.inspection..")
          .layer("scoring")
          .definedBy("dev.alexnet.ops.scoring..")
          .layer("comparison")
          .definedBy("dev.alexnet.ops.comparison..")
          .layer("report")
          .definedBy("dev.alexnet.ops.report..")
          .layer("paper")
          .definedBy("dev.alexnet.ops.paper..")
          .layer("similarity")
          .definedBy("dev.alexnet.ops.similarity..")
          .layer("prediction")
          .definedBy("dev.alexnet.ops.prediction..")
          .layer("picture")
          .definedBy("dev.alexnet.ops.picture..")
          .layer("console")
          .definedBy("dev.alexnet.ops.console..")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("command")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("planning")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("parsing")
          .mayOnlyBeAccessedByLayers("cli", "command", "planning")
          .whereLayer("launch")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("attempt")
          .mayOnlyBeAccessedByLayers("cli", "command", "launch")
          .whereLayer("job")
          .mayOnlyBeAccessedByLayers("cli", "command", "planning", "parsing", "launch")
          .whereLayer("runner")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("process")
          .mayOnlyBeAccessedByLayers("cli", "command", "launch")
          .whereLayer("doctor")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("bundle")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("inspection")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("scoring")
          .mayOnlyBeAccessedByLayers("cli", "command")
          .whereLayer("comparison")
          .mayOnlyBeAccessedByLayers("cli", "command", "planning")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("cli", "command", "planning")
          .whereLayer("paper")
          .mayOnlyBeAccessedByLayers("report", "comparison")
          .whereLayer("similarity")
          .mayOnlyBeAccessedByLayers("cli", "command", "planning", "report")
          .whereLayer("prediction")
          .mayOnlyBeAccessedByLayers("cli", "command", "similarity")
          .whereLayer("picture")
          .mayOnlyBeAccessedByLayers("command", "inspection", "report", "comparison", "similarity");

  @ArchTest
  static final ArchRule commandsHaveARoomOfTheirOwn =
      classes()
          .that()
          .areAnnotatedWith("picocli.CommandLine$Command")
          .should()
          .resideInAPackage("dev.alexnet.ops.command");

  @ArchTest
  static final ArchRule servicesDoNotKnowWhatComposesThem =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.alexnet.ops.cli", "dev.alexnet.ops.command")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");
}
