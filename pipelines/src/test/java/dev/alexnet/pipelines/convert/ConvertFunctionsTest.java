package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.lock.WorkerFence;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.image.ResizeMethod;
import dev.alexnet.pipelines.source.PictureReference;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class ConvertFunctionsTest {
  private final ConvertPlan plan = plan("area");

  private static ConvertPlan plan(String resize) {
    return new ConvertPlan(
        ConvertSettings.builder()
            .set(ConvertSettings.INPUT, new Location("in"))
            .set(ConvertSettings.OUTPUT, new Location("out"))
            .set(ResizeMethod.SETTING, ResizeMethod.SETTING.parse(resize))
            .build(),
        new Labels(List.of(new ClassLabel("n01440764", "tench"))),
        "1 class folders of in",
        "abc");
  }

  @Test
  void functions_serialised_areWhole() {
    SerializableUtils.ensureSerializable(new IndexFn());
    SerializableUtils.ensureSerializable(new WriteFn(plan, WorkerFence.NONE, null));
    SerializableUtils.ensureSerializable(new CheckArchivesFn(null));
    SerializableUtils.ensureSerializable(new AssignFn(plan.order(), 0, null));
    SerializableUtils.ensureSerializable(new LimitFn(plan.order(), PictureReference::wnid, null));
    SerializableUtils.ensureSerializable(
        new CommitFn(plan, WorkerFence.NONE, null, null, null, null));
    assertThat(SerializableUtils.clone(plan)).isEqualTo(plan);
  }

  @Test
  void identity_otherResize_differs() {
    assertThat(plan.identity()).containsEntry("resize", "area");
    assertThat(plan("pillow").identity()).isNotEqualTo(plan.identity());
  }

  @Test
  void settings_unknownResize_isRefused() {
    assertThatThrownBy(() -> plan("bilinaer")).hasMessage("'bilinaer'; did you mean 'bilinear'?");
  }
}
