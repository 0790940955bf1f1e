package dev.alexnet.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaMember.Predicates.declaredIn;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import dev.alexnet.infra.storage.ObjectStores;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Sample;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import picocli.CommandLine.Option;

/** Dependencies go one way: infra ← model ← pipelines ← ops. */
@AnalyzeClasses(
    packages = "dev.alexnet",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

  /** Fixtures for other modules are in a separate jar, which is test code too. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule modulesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("infra")
          .definedBy("dev.alexnet.infra..")
          .layer("model")
          .definedBy("dev.alexnet.model..")
          .layer("pipelines")
          .definedBy("dev.alexnet.pipelines..")
          .layer("ops")
          .definedBy("dev.alexnet.ops..")
          .whereLayer("infra")
          .mayOnlyBeAccessedByLayers("model", "pipelines", "ops")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("pipelines", "ops")
          .whereLayer("pipelines")
          .mayOnlyBeAccessedByLayers("ops")
          .whereLayer("ops")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.alexnet.(*).(*)..").should().beFreeOfCycles();

  /** Formats are at the bottom, then pictures and models, then one package per step. */
  @ArchTest
  static final ArchRule roomsOfPipelinesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("tar")
          .definedBy("dev.alexnet.pipelines.tar..")
          .layer("parquet")
          .definedBy("dev.alexnet.pipelines.parquet..")
          .layer("devkit")
          .definedBy("dev.alexnet.pipelines.devkit..")
          .layer("class and folder names")
          .definedBy("dev.alexnet.pipelines.classes..", "dev.alexnet.pipelines.folder..")
          .layer("lists of pictures")
          .definedBy("dev.alexnet.pipelines.list..")
          .layer("selection")
          .definedBy("dev.alexnet.pipelines.selection..")
          .layer("source")
          .definedBy("dev.alexnet.pipelines.source..")
          .layer("engine and output")
          .definedBy("dev.alexnet.pipelines.engine..", "dev.alexnet.pipelines.output..")
          .layer("inference")
          .definedBy("dev.alexnet.pipelines.inference..")
          .layer("convert")
          .definedBy("dev.alexnet.pipelines.convert..")
          .layer("truth")
          .definedBy("dev.alexnet.pipelines.truth..")
          .layer("augment")
          .definedBy("dev.alexnet.pipelines.augment..")
          .layer("score")
          .definedBy("dev.alexnet.pipelines.score..")
          .layer("features")
          .definedBy("dev.alexnet.pipelines.features..")
          .layer("evaluate")
          .definedBy("dev.alexnet.pipelines.evaluate..")
          .layer("synth")
          .definedBy("dev.alexnet.pipelines.synth..")
          .whereLayer("tar")
          .mayOnlyBeAccessedByLayers("parquet", "source")
          .whereLayer("parquet")
          .mayOnlyBeAccessedByLayers("selection", "source")
          .whereLayer("devkit")
          .mayOnlyBeAccessedByLayers("selection", "source", "score", "evaluate")
          .whereLayer("class and folder names")
          .mayOnlyBeAccessedByLayers(
              "parquet", "devkit", "lists of pictures", "selection", "source", "convert")
          .whereLayer("lists of pictures")
          .mayOnlyBeAccessedByLayers("source")
          .whereLayer("selection")
          .mayOnlyBeAccessedByLayers("source")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("convert")
          .whereLayer("engine and output")
          .mayOnlyBeAccessedByLayers("convert", "augment", "score", "features")
          .whereLayer("inference")
          .mayOnlyBeAccessedByLayers("score", "features")
          .whereLayer("truth")
          .mayOnlyBeAccessedByLayers("score")
          .whereLayer("score")
          .mayOnlyBeAccessedByLayers("evaluate")
          .whereLayer("convert")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("augment")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("features")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("evaluate")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("synth")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule roomsOfTheModelHaveNoCycles =
      slices().matching("dev.alexnet.model.(**)").should().beFreeOfCycles();

  /** A network is described without TensorFlow's graph, which is built from the description. */
  @ArchTest
  static final ArchRule networksAreDescribedBeforeTheyAreBuilt =
      noClasses()
          .that()
          .resideInAPackage("dev.alexnet.model.network")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.alexnet.model.network.graph");

  @ArchTest
  static final ArchRule roomsOfTheTrainingDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("training")
          .definedBy("dev.alexnet.model.training")
          .layer("benchmark")
          .definedBy("dev.alexnet.model.training.benchmark")
          .layer("export")
          .definedBy("dev.alexnet.model.training.export")
          .layer("checkpoint")
          .definedBy("dev.alexnet.model.training.checkpoint")
          .layer("log")
          .definedBy("dev.alexnet.model.training.log")
          .layer("step")
          .definedBy("dev.alexnet.model.training.step")
          .layer("shards")
          .definedBy("dev.alexnet.model.training.shards")
          .layer("device")
          .definedBy("dev.alexnet.model.training.device")
          .layer("watch")
          .definedBy("dev.alexnet.model.training.watch")
          .whereLayer("training")
          .mayOnlyBeAccessedByLayers("export")
          .whereLayer("export")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("benchmark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("checkpoint")
          .mayOnlyBeAccessedByLayers("training", "export")
          .whereLayer("log")
          .mayOnlyBeAccessedByLayers("training")
          .whereLayer("step")
          .mayOnlyBeAccessedByLayers("training", "benchmark", "checkpoint", "log")
          .whereLayer("shards")
          .mayOnlyBeAccessedByLayers("training", "benchmark", "step")
          .whereLayer("device")
          .mayOnlyBeAccessedByLayers("training", "benchmark", "step")
          .whereLayer("watch")
          .mayOnlyBeAccessedByLayers(
              "training", "benchmark", "checkpoint", "log", "step", "shards");

  @ArchTest
  static final ArchRule noDrawers =
      noClasses()
          .should()
          .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..impl..")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper");

  @ArchTest
  static final ArchRule guiceStaysInOps =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.alexnet.ops..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.inject..");

  @ArchTest
  static final ArchRule storesAreInjectedExceptIntoWorkers =
      methods()
          .that()
          .areDeclaredIn(ObjectStores.class)
          .should()
          .onlyBeCalled()
          .byMethodsThat(
              // Beam serialises functions without their store, so a worker's set-up finds it again.
              // The start of a process chooses one.
              DescribedPredicate.<JavaMethod>or(
                      annotatedWith(DoFn.Setup.class),
                      name("main"),
                      declaredIn("dev.alexnet.ops.cli.PlatformModule"))
                  .as("set up a worker or start a process"));

  @ArchTest
  static final ArchRule beamStaysInPipelinesAndOps =
      noClasses()
          .that()
          .resideInAnyPackage("dev.alexnet.infra..", "dev.alexnet.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.beam..");

  /** An engine that repeats a step would draw other keys, and lose or repeat elements. */
  @ArchTest
  static final ArchRule noKeyIsDrawn =
      noClasses()
          .should()
          .callMethod(Reshuffle.class, "viaRandomKey")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(GroupIntoBatches.class, Reshuffle.ViaRandomKey.class, Sample.class);

  /** Otherwise a session for pictures takes the memory of every GPU. */
  @ArchTest
  static final ArchRule sessionsAreConfiguredInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.alexnet.model.session")
          .should()
          .callMethod(ConfigProto.class, "newBuilder")
          .orShould()
          .callConstructor(Session.class, Graph.class);

  @ArchTest
  static final ArchRule timeIsInjected =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule settingsAreImmutable =
      classes()
          .that()
          .haveSimpleNameEndingWith("Settings")
          .and()
          .areTopLevelClasses()
          .should()
          .haveOnlyFinalFields();

  /** All others are derived from settings, which are defined once. */
  @ArchTest
  static final ArchRule optionsOfTheirOwnAreHelpVersionAndOutput =
      fields()
          .that()
          .areAnnotatedWith(Option.class)
          .should()
          .beDeclaredInClassesThat()
          .haveFullyQualifiedName("dev.alexnet.ops.command.Alexnet")
          .orShould()
          .beDeclaredInClassesThat()
          .haveFullyQualifiedName("dev.alexnet.ops.parsing.OutputOptions");

  /** A record names its components where it is made; everything else is called by position. */
  @ArchTest
  static final ArchRule nothingTakesMoreThanSevenArguments =
      codeUnits()
          .that(describe("are not made by the compiler", unit -> !isGenerated(unit)))
          .and(describe("are not a record's constructor", unit -> !isOfARecord(unit)))
          .should(
              ArchConditions.<JavaCodeUnit>be(
                  describe(
                      "called with at most seven arguments",
                      unit -> unit.getRawParameterTypes().size() <= 7)));

  private static boolean isGenerated(JavaCodeUnit unit) {
    return unit.getModifiers().contains(JavaModifier.SYNTHETIC)
        || (unit.getOwner().isEnum() && unit.isConstructor());
  }

  private static boolean isOfARecord(JavaCodeUnit unit) {
    return unit.getOwner().isRecord() && unit.isConstructor();
  }
}
