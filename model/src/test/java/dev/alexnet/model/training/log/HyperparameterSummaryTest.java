package dev.alexnet.model.training.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.Summary;

class HyperparameterSummaryTest {
  private static final Map<String, String> SETTINGS =
      Map.of("preset", "mini", "batch", "64", "learning-rate", "0.01");

  /** From TensorBoard's own library: src/test/python/hparams_golden.py. */
  private static final String GOLDEN =
      "1a4b0a120a05626174636812091100000000000050400a1a0a0d6c6561726e696e672d726174651209117b14ae47"
          + "e17a843f0a100a0670726573657412061a046d696e6929000000000000f83f";

  @Test
  void of_settings_isWhatTensorBoardsLibraryWrites() {
    Summary.Value value = HyperparameterSummary.of(SETTINGS, 1.5).getValue(0);

    assertThat(value.getTag()).isEqualTo("_hparams_/session_start_info");
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    assertThat(value.getMetadata().getPluginData().getContent().toByteArray())
        .isEqualTo(HexFormat.of().parseHex(GOLDEN));
    assertThat(value.getTensor().getTensorShape().getDim(0).getSize()).isZero();
  }
}
