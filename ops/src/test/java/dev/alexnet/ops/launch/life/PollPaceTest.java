package dev.alexnet.ops.launch.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollPaceTest {
  private final VirtualTime time = new VirtualTime();
  private boolean interrupted;
  private final PollPace pace = new PollPace(time, () -> interrupted);

  private List<Long> looks(int count) {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pace.await();
      seconds.add(time.passed().toSeconds());
    }
    return seconds;
  }

  @Test
  void await_firstMinute_isEveryTenSecondsAndThenEveryThirty() {
    assertThat(looks(9)).containsExactly(10L, 20L, 30L, 40L, 50L, 60L, 90L, 120L, 150L);
  }

  @Test
  void await_afterSomethingHappened_isLivelyAgain() {
    looks(8);
    pace.quicken();
    assertThat(looks(7)).containsExactly(130L, 140L, 150L, 160L, 170L, 180L, 210L);
  }

  @Test
  void await_interrupted_endsWithinASecond() {
    time.at(Duration.ofMillis(3500), () -> interrupted = true);
    pace.await();
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(4));
  }
}
