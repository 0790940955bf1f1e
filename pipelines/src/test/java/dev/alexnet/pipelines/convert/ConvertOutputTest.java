package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.WrittenOutput;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which directories a conversion writes into. */
class ConvertOutputTest extends ConversionTest {
  @Test
  void run_outputAmongTheClassFolders_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    output = input.resolve("dataset");

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.USAGE);
    assertThat(output).doesNotExist();
  }

  @Test
  void run_outputBesideTheInputByWayOfIt_converts() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    output = input.resolve("..").resolve("beside");

    assertThat(run(settings("train", 1, 7, 0, 0)).records()).isEqualTo(3);
  }

  @Test
  void run_outputWithOtherFiles_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    Files.createDirectory(output);
    Files.writeString(output.resolve("thesis.txt"), "mine");

    Failure failure = failureOf(settings("train", 1, 7, 0, 0));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure).hasMessageContaining("it holds thesis.txt");
    assertThat(contentOf(output)).containsExactly(Map.entry("thesis.txt", "mine"));
  }

  @Test
  void run_whileAnotherRunHoldsTheOutput_isRefused() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));

    Failure failure =
        DirectoryLock.holding(
            ObjectStores.standard(),
            Location.of(output),
            notice -> {},
            held -> failureOf(settings("train", 1, 7, 0, 0)));

    assertThat(failure.kind()).isEqualTo(Kind.OUTPUT_EXISTS);
    assertThat(failure).hasMessageStartingWith("Another run is working in " + output);
    assertThat(contentOf(output)).containsOnlyKeys(".lock");
  }

  @Test
  void isIntact_ofADataset_verifiesEachFile() throws Exception {
    Archives.writeFolders(input, Archives.pictures(1));
    run(settings("train", 2, 7, 0, 0));

    WrittenOutput.assertEachFileIsVerified(
        output, Dataset.MANIFEST, new ConvertPipeline(store)::isIntact, Dataset.MEAN_PICTURE);
  }
}
