package dev.alexnet.pipelines.synth;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class SynthSettingsTest {
  private static final Location OUTPUT = new Location("out");

  @Test
  void build_noOutput_saysSo() {
    assertRefused(null, 10, 300, 50).hasMessage("synth: output is missing");
  }

  @Test
  void build_oneClass_saysTheRange() {
    assertRefused(OUTPUT, 1, 300, 50).hasMessage("synth: classes is '1'; it must be 2 to 1000");
  }

  @Test
  void build_moreThanThousandClasses_saysTheRange() {
    assertRefused(OUTPUT, 1001, 300, 50)
        .hasMessage("synth: classes is '1001'; it must be 2 to 1000");
  }

  @Test
  void build_trainPerClassOutOfRange_saysTheRange() {
    assertRefused(OUTPUT, 10, 0, 50)
        .hasMessage("synth: train-per-class is '0'; it must be 1 to 10000");
    assertRefused(OUTPUT, 10, 10_001, 50)
        .hasMessage("synth: train-per-class is '10001'; it must be 1 to 10000");
  }

  @Test
  void build_valPerClassOutOfRange_saysTheRange() {
    assertRefused(OUTPUT, 10, 300, 0)
        .hasMessage("synth: val-per-class is '0'; it must be 1 to 10000");
    assertRefused(OUTPUT, 10, 300, 10_001)
        .hasMessage("synth: val-per-class is '10001'; it must be 1 to 10000");
  }

  @Test
  void build_severalProblems_namesAllOfThem() {
    assertRefused(null, 0, -1, -2)
        .hasMessage(
            """
            synth: 4 problems:
              output is missing
              classes is '0'; it must be 2 to 1000
              train-per-class is '-1'; it must be 1 to 10000
              val-per-class is '-2'; it must be 1 to 10000""");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(
      Location output, int classes, int trainPerClass, int valPerClass) {
    return assertThatFailure(
            () ->
                SynthSettings.builder()
                    .set(SynthSettings.OUTPUT, output)
                    .set(SynthSettings.CLASSES, classes)
                    .set(SynthSettings.TRAIN_PER_CLASS, trainPerClass)
                    .set(SynthSettings.VAL_PER_CLASS, valPerClass)
                    .build())
        .isOfKind(Failure.Kind.USAGE);
  }
}
