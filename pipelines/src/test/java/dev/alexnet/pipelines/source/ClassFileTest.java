package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassFileTest {
  @TempDir private Path directory;

  private ClassFile read(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("labels.txt"), content);
    return ClassFile.read(ObjectStores.standard(), Location.of(file));
  }

  @Test
  void read_afterAByteOrderMark_isTheSame() throws IOException {
    assertThat(read("\uFEFFn01440764\ttench\n").byNumber())
        .isEqualTo(Map.of(0, new ClassLabel("n01440764", "tench")));
    ClassFile numbered = read("\uFEFFlabel\twnid\tname\n7\tn01440764\ttench\n");
    assertThat(numbered.numbered()).isTrue();
    assertThat(numbered.byNumber()).isEqualTo(Map.of(7, new ClassLabel("n01440764", "tench")));
  }
}
