package dev.alexnet.ops.launch.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.launch.Provisioning;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchRecordFileTest {
  private static final LaunchRecord RECORD = LaunchRecords.empty(new Limits(null, null));

  @TempDir private Path directory;

  private LaunchRecordFile file() {
    return new LaunchRecordFile(
        ObjectStores.standard(), Location.of(directory.resolve("launch/launch.json")));
  }

  @Test
  void read_nothingWritten_isEmpty() {
    assertThat(file().read()).isEmpty();
  }

  @Test
  void create_secondTime_leavesTheFirst() {
    LaunchRecordFile.Stored stored = file().create(RECORD).orElseThrow();
    assertThat(file().create(LaunchRecords.empty(new Limits(1.0, null)))).isEmpty();
    assertThat(file().read()).contains(stored);
  }

  @Test
  void replace_afterAnotherTerminalDid_leavesTheOther() {
    LaunchRecordFile.Stored read = file().create(RECORD).orElseThrow();
    LaunchRecord faster = RECORD.plus(LaunchRecords.attempt(RECORD, Provisioning.SPOT, "a"));
    LaunchRecordFile.Stored written = file().replace(read, faster).orElseThrow();
    LaunchRecord slower = RECORD.plus(LaunchRecords.attempt(RECORD, Provisioning.SPOT, "b"));
    assertThat(file().replace(read, slower)).isEmpty();
    assertThat(file().read()).contains(written);
    assertThat(written.record()).isEqualTo(faster);
  }
}
