package dev.alexnet.infra.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessIdentityTest {
  private final ProcessIdentity self = ProcessIdentity.current();

  @Test
  void knowsEnded_liveProcess_isFalse() {
    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.knowsEnded(self)).isFalse();
  }

  @Test
  void knowsEnded_killedProcess_isTrue() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    ProcessIdentity other = ProcessIdentity.of(process.pid());
    assertThat(self.knowsEnded(other)).isFalse();

    process.destroyForcibly().waitFor();

    assertThat(self.knowsEnded(other)).isTrue();
  }

  @Test
  void knowsEnded_zombie_isTrue() throws IOException, InterruptedException {
    // A shell that becomes a program which does not wait for the shell's child.
    Process parent =
        new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; exec sleep 1000").start();
    try (BufferedReader said = parent.inputReader()) {
      ProcessIdentity child = ProcessIdentity.of(Long.parseLong(said.readLine()));
      new ProcessBuilder("kill", "-KILL", Long.toString(child.pid())).start().waitFor();

      while (!self.knowsEnded(child)) {
        Thread.onSpinWait();
      }
      assertThat(ProcessHandle.of(child.pid())).isPresent();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void knowsEnded_numberUsedAgain_isTrue() {
    assertThat(self.knowsEnded(with(self.bootId(), self.pidNamespace(), self.user(), 1L))).isTrue();
  }

  @Test
  void knowsEnded_elsewhere_isFalse() {
    assertThat(self.knowsEnded(with("another machine", self.pidNamespace(), self.user(), 1L)))
        .isFalse();
    assertThat(self.knowsEnded(with(self.bootId(), "another container", self.user(), 1L)))
        .isFalse();
    assertThat(self.knowsEnded(with(self.bootId(), self.pidNamespace(), "somebody", 1L))).isFalse();
  }

  @Test
  void knowsEnded_withoutLinux_isFalse() {
    ProcessIdentity unknown = new ProcessIdentity(null, null, self.user(), self.pid(), null);

    assertThat(self.knowsEnded(unknown)).isFalse();
    assertThat(unknown.knowsEnded(self)).isFalse();
    assertThat(unknown.knowsEnded(unknown)).isFalse();
  }

  private ProcessIdentity with(String boot, String namespace, String user, long started) {
    return new ProcessIdentity(boot, namespace, user, self.pid(), started);
  }
}
