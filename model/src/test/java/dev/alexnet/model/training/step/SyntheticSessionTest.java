package dev.alexnet.model.training.step;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LayerSpec;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Presets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.exceptions.TFResourceExhaustedException;

class SyntheticSessionTest {
  private static final int SIDE = 20_000;

  /** More images than fit the address space: half a petabyte. */
  private static final int BATCH = 100_000;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void open_whereTheBatchDoesNotFitTheMemory_failsInsteadOfWaitingForItself() {
    LayerSpec.Initial any = new LayerSpec.Initial(1, 0);
    AlexNetSpec spec =
        new AlexNetSpec(
            "coarse",
            "",
            SIDE,
            SIDE,
            1,
            1,
            Presets.mini().schedules(),
            List.of(
                new LayerSpec.Convolution("conv", 1, SIDE, 0, 4, LayerSpec.Inputs.IMAGES, any),
                new LayerSpec.Dense("dense", 0, true, any)));
    assertThatThrownBy(
            () ->
                new SyntheticSession(
                    SessionPlan.published(spec, Execution.on(Placement.host(1)), BATCH), 2))
        .isInstanceOf(TFResourceExhaustedException.class);
  }
}
