package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private final ObjectStore store = ObjectStores.standard();

  @Test
  void train_onBars_learnsThem(@TempDir Path directory) {
    Dataset data = DatasetFixture.write(directory.resolve("train"), "train", 56, 4, 400);
    Dataset validation =
        DatasetFixture.write(directory.resolve("validation"), "validation", 56, 4, 80);
    TrainingSettings settings =
        new TrainingSettings(
            data.location(),
            validation.location(),
            Location.of(directory.resolve("work")),
            "mini",
            0,
            60,
            32,
            0.01,
            "dexp",
            "cpu:0,cpu:1",
            0,
            "auto",
            25,
            1);
    Progress progress = (done, total, unit, details) -> System.out.println(done + " " + details);
    TrainingResult result =
        Trainer.train(settings, store, progress, System.out::println, Clock.systemUTC());
    System.out.println(result);
    assertThat(result.top1Error()).isLessThan(0.1);
  }
}
