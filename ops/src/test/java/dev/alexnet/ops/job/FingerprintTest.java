package dev.alexnet.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintTest {
  private final ObjectStore store = ObjectStores.standard();

  @Test
  void of_nothingThere_isEmpty(@TempDir Path directory) {
    assertThat(Fingerprint.of(store, Location.of(directory.resolve("absent")))).isEmpty();
  }

  @Test
  void of_object_isTheHashOfItsContentAndOfWhatLiesBesideIt(@TempDir Path directory) {
    Location file = Location.of(directory).resolve("a");
    write(file, "content");
    write(Location.of(directory).resolve("b"), "12");

    assertThat(Fingerprint.of(store, file))
        .contains(Fingerprint.ofText(Fingerprint.ofText("content") + "\na\t7\nb\t2\n"));
  }

  @Test
  void of_manifestWhoseNeighbourWasLost_isAnother(@TempDir Path directory) {
    Location manifest = Location.of(directory).resolve("dataset.json");
    Location shard = Location.of(directory).resolve("train-00000-of-00001.tfrecord");
    write(manifest, "{}");
    write(shard, "records");
    var before = Fingerprint.of(store, manifest);

    store.delete(shard);

    assertThat(Fingerprint.of(store, manifest)).isNotEqualTo(before);
  }

  @Test
  void of_directory_isTheHashOfNamesAndLengthsAtEveryDepth(@TempDir Path directory) {
    Location root = Location.of(directory);
    write(root.resolve("b.tar"), "12345");
    write(root.resolve("a/deep/c.tar"), "123");

    assertThat(Fingerprint.of(store, root))
        .contains(Fingerprint.ofText("a/deep/c.tar\t3\nb.tar\t5\n"));
  }

  @Test
  void ofObjects_withChecksums_isTheHashOfNamesLengthsAndChecksums() {
    assertThat(Fingerprint.ofObjects(List.of(object("a/b", 3, 7), object("c", 0, 0))))
        .contains(Fingerprint.ofText("a/b\t3\t7\nc\t0\t0\n"));
  }

  @Test
  void ofObjects_withoutAChecksumOrAnObject_isEmpty(@TempDir Path directory) {
    write(Location.of(directory).resolve("a"), "content");

    assertThat(Fingerprint.ofObjects(store.objectsBelow(Location.of(directory)))).isEmpty();
    assertThat(Fingerprint.ofObjects(List.of())).isEmpty();
  }

  private static ObjectEntry object(String name, long size, long crc32c) {
    return new ObjectEntry(name, size, OptionalLong.of(crc32c), 1);
  }

  private void write(Location location, String content) {
    store.write(location, content.getBytes(StandardCharsets.UTF_8));
  }
}
