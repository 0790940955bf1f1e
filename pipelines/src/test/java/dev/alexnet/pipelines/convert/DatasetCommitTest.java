package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetCommitTest {
  @TempDir private Path directory;

  @Test
  void run_repeatedAfterAnEndBetweenItsLastTwoSteps_takesTheLastOne() throws IOException {
    Dataset dataset = DatasetFixture.write(directory, "train", 56, 3, 6);
    byte[] manifest = Files.readAllBytes(directory.resolve(Dataset.MANIFEST));
    Path ledger = Files.createDirectories(directory.resolve(".convert"));
    ConvertSettings settings =
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, dataset.location())
            .set(ConvertSettings.OUTPUT, dataset.location())
            .set(ConvertSettings.SHARDS, 2)
            .set(ConvertSettings.SIZE, 56)
            .set(ConvertSettings.SEED, 0L)
            .build();
    ConvertPlan plan = new ConvertPlan(settings, dataset.manifest().labels(), "a source", "abc");

    new DatasetCommit(plan, ObjectStores.standard())
        .run(
            ArrivedShards.of(List.of(new WrittenShard(0, 1), new WrittenShard(1, 2)), 6, 2),
            List.of(),
            List.of());

    assertThat(directory.resolve(Dataset.MANIFEST)).hasBinaryContent(manifest);
    assertThat(ledger).doesNotExist();
  }
}
