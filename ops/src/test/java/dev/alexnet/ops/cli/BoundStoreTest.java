package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Module;
import com.google.inject.util.Modules;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.testing.CountingStore;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands read and write with the store that the platform binds. */
class BoundStoreTest {
  @TempDir private static Path directory;

  @BeforeAll
  static void prepare() throws IOException {
    Dataset dataset = DatasetFixture.write(directory.resolve("data"), "test", 56, 3, 24);
    ModelFixture.write(directory.resolve("model"), dataset, 1);
    Path folder = Files.createDirectories(directory.resolve("pictures/apple"));
    BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(grey, "jpg", folder.resolve("grey.jpg").toFile());
    Files.writeString(
        directory.resolve("job.yaml"),
        "synth:\n  classes: 2\n  train-per-class: 1\n  val-per-class: 1\n");
    Files.writeString(directory.resolve("truth.txt"), "1\n");
    TypedLine scored =
        TypedLine.enter(
            "score",
            "--data=" + directory.resolve("data"),
            "--model=" + directory.resolve("model"),
            "--output=" + directory.resolve("scores"));
    assertThat(scored.exitCode()).as(scored.err()).isZero();
  }

  /** Spaces separate the command's arguments; {@code @} is the directory. */
  @ParameterizedTest
  @CsvSource({
    "synth --output=@/archives --classes=2 --train-per-class=1 --val-per-class=1, archives/synth.json",
    "convert --input=@/pictures --output=@/converted --size=56 --shards=1, pictures",
    "convert --input=@/pictures --output=@/converted --size=56 --shards=1, converted/dataset.json",
    "augment --data=@/data --output=@/augmented --operations=flip, data/dataset.json",
    "augment --data=@/data --output=@/augmented --operations=flip, augmented/dataset.json",
    "train --data=@/data --workdir=@/training --preset=mini --steps=2 --batch=8 --schedule=constant, data/dataset.json",
    "train --data=@/data --workdir=@/training --preset=mini --steps=2 --batch=8 --schedule=constant, training/model/model.json",
    "score --data=@/data --model=@/model --output=@/scored, model/model.json",
    "score --data=@/data --model=@/model --output=@/scored, scored/scores.json",
    "features --data=@/data --model=@/model --output=@/features, model/model.json",
    "features --data=@/data --model=@/model --output=@/features, features/features.json",
    "run --config=@/job.yaml --workdir=@/run, job.yaml",
    "run --config=@/job.yaml --workdir=@/run, run/ledger.json",
    "similar --data=@/data --model=@/model --query=@/pictures --output=@/similar, pictures/apple/grey.jpg",
    "similar --data=@/data --model=@/model --query=@/data --output=@/similar, similar/neighbours.json",
    "similar --data=@/data --model=@/model --query=@/data --output=@/similar, similar/features/features.json",
    "report --scores=@/scores --output=@/report, scores/scores.json",
    "report --scores=@/scores --output=@/report, report/report.html",
    "filters --model=@/model --output=@/filters.png, filters.png",
    "evaluate --submission=@/truth.txt --truth=@/truth.txt, truth.txt",
    "predict --model=@/model @/pictures, pictures/apple/grey.jpg",
    "predict --model=@/model @/pictures, model/model.json",
    "inspect @/data, data/dataset.json",
    "inspect --sheet=@/sheet.png @/data, sheet.png",
    "doctor --arithmetic=none --input=@/pictures, pictures",
  })
  void enter_anyCommand_usesTheBoundStore(String line, String place) {
    CountingStore counting = new CountingStore(ObjectStores.standard());
    String[] arguments =
        Arrays.stream(line.split(" "))
            .map(argument -> argument.replace("@", directory.toString()))
            .toArray(String[]::new);

    TypedLine typed = TypedLine.enterOn(platform -> over(platform, counting), arguments);

    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(counting.callsAt(Location.of(directory.resolve(place)))).isPositive();
  }

  private static Module over(Module platform, CountingStore counting) {
    return Modules.override(platform)
        .with(binder -> binder.bind(ObjectStore.class).toInstance(counting));
  }
}
