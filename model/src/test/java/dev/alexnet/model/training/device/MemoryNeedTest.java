package dev.alexnet.model.training.device;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.Presets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  private static final long GIB = 1L << 30;

  private final List<String> notices = new ArrayList<>();

  private static MemoryNeed published(int batch) {
    return MemoryNeed.of(Presets.named("published"), 1000, batch);
  }

  @Test
  void bytes_ofTheParameters_areThoseOfThePublishedNumber() {
    assertThat(published(1).parameters() % (4 * 60_965_224L)).isZero();
    assertThat(published(3).bytes() - published(1).bytes()).isEqualTo(2 * published(1).image());
  }

  @Test
  void requireOf_aMachineWithEnough_givesNoNotice() {
    published(128).requireOf(new MachineMemory(64 * GIB, 60 * GIB), notices::add);
    assertThat(notices).isEmpty();
  }

  @Test
  void requireOf_aMachineThatIsBusy_warns() {
    published(128).requireOf(new MachineMemory(64 * GIB, GIB), notices::add);
    assertThat(notices)
        .singleElement()
        .asString()
        .startsWith("Only 1.0 GiB of memory is free")
        .contains("It is estimated to take");
  }

  @Test
  void requireOf_aMachineThatIsTooSmall_saysWhichBatchFits() {
    MemoryNeed need = published(100_000);
    int fitting = (int) (100_000 - (need.bytes() - 24 * GIB + need.image() - 1) / need.image());
    assertThatFailure(() -> need.requireOf(new MachineMemory(24 * GIB, 20 * GIB), notices::add))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith("A batch of 100000 does not fit this machine's 24.0 GiB of memory.")
        .hasMessageEndingWith("Give a --batch of at most " + fitting);
    published(fitting).requireOf(new MachineMemory(24 * GIB, 24 * GIB), notices::add);
    assertThat(notices).isEmpty();
  }

  @Test
  void requireOf_aMachineTooSmallForTheParameters_givesNoBatch() {
    assertThatFailure(() -> published(128).requireOf(new MachineMemory(GIB, GIB), notices::add))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith("A batch of 128 does not fit this machine's 1.0 GiB of memory.")
        .hasMessageEndingWith(
            "No batch fits besides the parameters: use a machine with more memory, or a smaller"
                + " --preset");
  }

  @Test
  void ofThisMachine_isPlausible() {
    MachineMemory machine = MachineMemory.ofThisMachine();
    assertThat(machine.available()).isBetween(1L << 20, machine.total());
  }
}
