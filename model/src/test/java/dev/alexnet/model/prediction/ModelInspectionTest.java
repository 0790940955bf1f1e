package dev.alexnet.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInspectionTest {
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir Path directory;

  @Test
  void of_model_saysWhatItHoldsAndWhatIsWrong() throws IOException {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, 3, 6);
    Location model = Location.of(directory.resolve("model"));
    ModelExport.write(
        STORE,
        model,
        Presets.mini(),
        new ModelExport.Facts(
            data.manifest().labels(),
            data.meanImage(),
            3,
            data.hash(),
            Map.of(),
            List.of("One is wrong")),
        parameter -> new float[(int) parameter.size()]);
    Path file = directory.resolve("model/saved_model.pb");

    ModelInspection sound = ModelInspection.of(STORE, model);
    assertThat(sound.description().replacedOperations()).containsExactly("One is wrong");
    assertThat(sound.findings()).isEmpty();
    assertThat(sound.bytes()).isEqualTo(Files.size(file));
    assertThat(sound.description()).isEqualTo(Predictor.describe(STORE, model));
    Map<String, String> outputs =
        Map.of(
            "features", "float [?, 256]",
            "probabilities", "float [?, 3]",
            "top_labels", "int32 [?, 3]",
            "top_probabilities", "float [?, 3]");
    assertThat(sound.signatures())
        .containsExactly(
            new ModelInspection.Signature(
                "pixels", Map.of("pixels", "float [?, 48, 48, 3]"), outputs),
            new ModelInspection.Signature(
                "serving_default", Map.of("images", "string [?]"), outputs),
            new ModelInspection.Signature(
                "views", Map.of("images", "string [?]", "views", "int32 [?]"), outputs));

    Files.write(file, new byte[] {10, 100, 1});
    assertThat(ModelInspection.of(STORE, model).findings())
        .extracting(Finding::problem)
        .satisfiesExactly(
            hash -> assertThat(hash).startsWith("its SHA-256 is not the one in model.json; "),
            form -> assertThat(form).startsWith("it is not a SavedModel: "),
            first -> assertThat(first).isEqualTo("it has no signature 'serving_default'"),
            second -> assertThat(second).isEqualTo("it has no signature 'pixels'"));

    Files.delete(file);
    assertThat(ModelInspection.of(STORE, model).findings())
        .extracting(Finding::problem)
        .containsExactly("it is missing; train again to export it");
  }
}
