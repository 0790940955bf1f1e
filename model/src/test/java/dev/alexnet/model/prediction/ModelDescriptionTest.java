package dev.alexnet.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelDescriptionTest {
  @Test
  void labels_ofEitherOrder_areThoseThatTheModelLearned() {
    List<ClassLabel> classes =
        List.of(
            new ClassLabel("1", "one"), new ClassLabel("2", "two"), new ClassLabel("10", "ten"));

    for (LabelOrder order : LabelOrder.values()) {
      Labels learned = new Labels(classes, order);
      ModelDescription model =
          new ModelDescription(
              ModelDescription.SCHEMA_VERSION,
              "mini",
              56,
              48,
              1,
              learned.classes(),
              1,
              "dataset",
              "model",
              Map.of(),
              List.of());

      assertThat(model.labels().classes()).isEqualTo(learned.classes());
      assertThat(model.labels().differenceFrom(learned)).isEmpty();
    }
  }
}
