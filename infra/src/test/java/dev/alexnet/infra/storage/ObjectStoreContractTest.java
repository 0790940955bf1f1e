package dev.alexnet.infra.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * What every store guarantees: what its readers rely on, and how objects are written, listed and
 * deleted.
 */
public abstract class ObjectStoreContractTest extends ObjectReadingContractTest {

  @Test
  void write_newObject_isReadBackWhole() {
    put("a/b/c.txt", "content");

    assertThat(content("a/b/c.txt")).isEqualTo("content");
    assertThat(store().size(at("a/b/c.txt"))).isEqualTo(7);
    assertThat(store().exists(at("a/b/c.txt"))).isTrue();
    assertThat(store().isDirectory(at("a/b/c.txt"))).isFalse();
  }

  @Test
  void write_emptyObject_isThereWithNoBytes() throws IOException {
    put("empty", "");

    assertThat(store().exists(at("empty"))).isTrue();
    assertThat(store().size(at("empty"))).isZero();
    assertThat(store().readAll(at("empty"))).isEmpty();
    try (SeekableByteChannel channel = store().open(at("empty"))) {
      assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void write_existingObject_replacesIt() {
    put("object", "the first content");
    put("object", "second");

    assertThat(content("object")).isEqualTo("second");
    assertThat(store().list(root())).containsExactly("object");
  }

  @Test
  void write_everyByteValue_isReadBackUnchanged() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    store().write(at("bytes"), bytes);

    assertThat(store().readAll(at("bytes"))).isEqualTo(bytes);
  }

  @Test
  void write_largeObject_isReadBackByAllMeans() throws IOException {
    byte[] bytes = randomBytes((9 << 20) + 3);
    store().write(at("large"), bytes);

    assertThat(store().size(at("large"))).isEqualTo(bytes.length);
    assertThat(store().readAll(at("large"))).isEqualTo(bytes);
    try (SeekableByteChannel channel = store().open(at("large"))) {
      var copy = new ByteArrayOutputStream();
      Channels.newInputStream(channel).transferTo(copy);
      assertThat(copy.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void create_beforeCommit_isNotVisible() throws IOException {
    try (PendingObject pending = store().create(at("directory/object"))) {
      pending.stream().write(randomBytes(1 << 20));
      pending.stream().flush();

      assertThat(store().exists(at("directory/object"))).isFalse();
      assertThat(store().list(at("directory"))).isEmpty();

      pending.commit();
      assertThat(store().exists(at("directory/object"))).isTrue();
      assertThat(store().list(at("directory"))).containsExactly("object");
    }
    assertThat(store().readAll(at("directory/object"))).isEqualTo(randomBytes(1 << 20));
  }

  @Test
  void create_beforeCommit_leavesTheOldObject() throws IOException {
    put("object", "old");
    try (PendingObject pending = store().create(at("object"))) {
      pending.stream().write('n');
      pending.stream().flush();
      assertThat(content("object")).isEqualTo("old");
      pending.commit();
    }

    assertThat(content("object")).isEqualTo("n");
  }

  @Test
  void close_withoutCommit_leavesNothing() throws IOException {
    try (PendingObject pending = store().create(at("object"))) {
      pending.stream().write(randomBytes(1 << 20));
    }

    assertThat(store().exists(at("object"))).isFalse();
    assertThat(store().list(root())).isEmpty();
  }

  @Test
  void close_afterExceptionOverOldObject_keepsTheOldObject() {
    put("object", "old");

    assertThatThrownBy(
            () -> {
              try (PendingObject pending = store().create(at("object"))) {
                pending.stream().write(randomBytes(1 << 20));
                throw new IllegalStateException("the content cannot be made");
              }
            })
        .hasMessage("the content cannot be made");
    assertThat(content("object")).isEqualTo("old");
    assertThat(store().list(root())).containsExactly("object");
  }

  @Test
  void close_twice_isNoFailure() {
    PendingObject pending = store().create(at("object"));
    pending.close();
    pending.close();

    assertThat(store().exists(at("object"))).isFalse();
  }

  @Test
  void create_manyAtOnce_areSeparate() throws IOException {
    try (PendingObject first = store().create(at("object"));
        PendingObject second = store().create(at("object"))) {
      first.stream().write("first".getBytes(StandardCharsets.UTF_8));
      second.stream().write("second".getBytes(StandardCharsets.UTF_8));
      second.commit();
      first.commit();
    }

    assertThat(content("object")).isEqualTo("first");
  }

  @Test
  void list_objectsAndDirectories_namesOneLevelInByteOrder() {
    for (String name : new String[] {"b", "a/x", "a/y/z", "a.txt", "B", "a-b", "é", "a0"}) {
      put("directory/" + name, name);
    }
    put("directory-beside/other", "");

    assertThat(store().list(at("directory")))
        .containsExactly("B", "a-b", "a.txt", "a/", "a0", "b", "é");
    assertThat(store().list(at("directory/a"))).containsExactly("x", "y/");
    assertThat(store().list(root())).containsExactly("directory-beside/", "directory/");
  }

  @Test
  void list_missingDirectoryOrObject_isEmpty() {
    put("object", "content");

    assertThat(store().list(at("absent"))).isEmpty();
    assertThat(store().list(at("object"))).isEmpty();
  }

  @Test
  void list_manyObjects_namesThemAll() {
    String[] names = new String[25];
    for (int i = 0; i < names.length; i++) {
      names[i] = "part-%05d".formatted(i);
      put("directory/" + names[i], "");
    }

    assertThat(store().list(at("directory"))).containsExactly(names);
  }

  @Test
  void write_namesBeyondAscii_areKept() {
    // U+FF5E sorts before U+1F427 by bytes, and after it as Java compares strings.
    String[] names = {"a b+c%20&?#", "größe", "犬", "～", "🐧"};
    for (String name : names) {
      put("directory/" + name, name);
    }

    assertThat(store().list(at("directory"))).containsExactly(names);
    for (String name : names) {
      assertThat(content("directory/" + name)).isEqualTo(name);
    }
  }

  @Test
  void delete_object_removesOnlyIt() {
    put("object", "content");
    put("object-beside", "other");

    store().delete(at("object"));
    store().delete(at("object"));

    assertThat(store().list(root())).containsExactly("object-beside");
  }

  @Test
  void delete_directory_changesNothing() {
    put("directory/child", "content");

    store().delete(at("directory"));

    assertThat(content("directory/child")).isEqualTo("content");
  }

  @Test
  void deleteDirectory_withChildren_removesThemAll() {
    put("directory/child", "content");
    put("directory/deep/er/child", "content");
    put("directory-beside/child", "other");

    store().deleteDirectory(at("directory"));
    store().deleteDirectory(at("directory"));

    assertThat(store().isDirectory(at("directory"))).isFalse();
    assertThat(store().list(root())).containsExactly("directory-beside/");
  }

  @Test
  void deleteDirectory_object_changesNothing() {
    put("object", "content");

    store().deleteDirectory(at("object"));

    assertThat(content("object")).isEqualTo("content");
  }

  @Test
  void copyDirectory_withChildren_copiesWhatIsThereAndNothingOfItsHolder() {
    put("directory/child", "content");
    put("directory/deep/er/größe", "deep");
    put("directory/.inputs", "inputs");
    put("directory/.lock", "holder");
    put("directory/.lease", "holder");
    put("directory-beside/child", "other");

    store().copyDirectory(at("directory"), at("copies/first"));

    assertThat(store().list(at("copies/first"))).containsExactly("child", "deep/");
    assertThat(content("copies/first/child")).isEqualTo("content");
    assertThat(content("copies/first/deep/er/größe")).isEqualTo("deep");
    assertThat(content("copies/first/.inputs")).isEqualTo("inputs");
    assertThat(store().exists(at("copies/first/.lock"))).isFalse();
    assertThat(store().exists(at("copies/first/.lease"))).isFalse();
    assertThat(content("directory/child")).isEqualTo("content");
  }

  @Test
  void copyDirectory_targetHasSomething_replacesWhatHasTheSameName() {
    byte[] large = randomBytes((2 << 20) + 1);
    store().write(at("directory/large"), large);
    put("directory/equal", "equal");
    put("target/large", "former");
    put("target/equal", "equal");
    put("target/other", "other");

    store().copyDirectory(at("directory"), at("target"));

    assertThat(store().list(at("target"))).containsExactly("equal", "large", "other");
    assertThat(store().readAll(at("target/large"))).isEqualTo(large);
    assertThat(content("target/equal")).isEqualTo("equal");
    assertThat(content("target/other")).isEqualTo("other");
  }

  @Test
  void copyDirectory_absentOrObject_makesNothing() {
    put("object", "content");

    store().copyDirectory(at("absent"), at("target"));
    store().copyDirectory(at("object"), at("target"));

    assertThat(store().list(root())).containsExactly("object");
  }

  @Test
  void copyDirectory_guardThrows_makesNothingMore() {
    put("directory/child", "content");

    assertThatThrownBy(
            () ->
                store()
                    .copyDirectory(
                        at("directory"),
                        at("target"),
                        () -> {
                          throw new IllegalStateException("closed");
                        }))
        .hasMessage("closed");
    assertThat(store().list(root())).containsExactly("directory/");
  }
}
