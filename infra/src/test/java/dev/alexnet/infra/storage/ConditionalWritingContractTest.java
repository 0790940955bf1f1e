package dev.alexnet.infra.storage;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store guarantees to writers that depend on what is there, and to copies of files. */
public abstract class ConditionalWritingContractTest extends ObjectStoreContractTest {
  @TempDir protected Path files;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void assertRefused(String action, String name, ThrowingCallable call) {
    assertThatFailure(call)
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "Cannot "
                + action
                + " "
                + at(name)
                + ": another writer changed it at the same time; let only one run write there, then"
                + " run the same command again");
  }

  @Test
  void find_object_tellsWhatIsKnownOfIt() {
    long generation = store().write(at("a/digits"), bytes("123456789"));

    ObjectEntry entry = store().find(at("a/digits")).orElseThrow();
    assertThat(entry.name()).isEqualTo("digits");
    assertThat(entry.size()).isEqualTo(9);
    assertThat(entry.generation()).isEqualTo(generation).isNotZero();
    entry.crc32c().ifPresent(crc -> assertThat(crc).isEqualTo(0xE3069283L));
    assertThat(store().find(at("a"))).isEmpty();
    assertThat(store().find(at("absent"))).isEmpty();
    assertThat(store().find(at("a/digits/below"))).isEmpty();
  }

  @Test
  void entries_objectsAndDirectories_tellTheSameAsFind() {
    put("directory/b", "content");
    put("directory/a/x", "");

    List<ObjectEntry> entries = store().entries(at("directory"));
    assertThat(entries).extracting(ObjectEntry::name).containsExactly("a/", "b");
    assertThat(entries.get(0).isDirectory()).isTrue();
    assertThat(entries.get(1)).isEqualTo(store().find(at("directory/b")).orElseThrow());
    assertThat(store().entries(at("absent"))).isEmpty();
  }

  @Test
  void objectsBelow_objectsAtSeveralDepths_namesThemInTheOrderOfTheirBytes() {
    for (String name : new String[] {"b", "a/x", "a/y/z", "a.txt", "B", "a-b/c", "é", "a0"}) {
      put("directory/" + name, name);
    }
    put("directory-beside/other", "");

    List<ObjectEntry> objects = store().objectsBelow(at("directory"));
    assertThat(objects)
        .extracting(ObjectEntry::name)
        .containsExactly("B", "a-b/c", "a.txt", "a/x", "a/y/z", "a0", "b", "é");
    ObjectEntry deep = store().find(at("directory/a/y/z")).orElseThrow();
    assertThat(objects.get(4)).isEqualTo(deep.named("a/y/z"));
    assertThat(store().objectsBelow(at("absent"))).isEmpty();
    assertThat(store().objectsBelow(at("directory/b"))).isEmpty();
  }

  @Test
  void load_object_givesTheGenerationThatWasRead() {
    long generation = store().write(at("object"), bytes("content"));

    LoadedObject loaded = store().load(at("object"));
    assertThat(loaded.content()).isEqualTo(bytes("content"));
    assertThat(loaded.generation()).isEqualTo(generation);
  }

  @Test
  void readRange_anyPart_isExact() {
    byte[] content = randomBytes(3 << 20);
    long generation = store().write(at("object"), content);

    for (int offset : new int[] {0, 1, 1 << 20, (3 << 20) - 7}) {
      assertThat(store().readRange(at("object"), generation, offset, 7))
          .isEqualTo(Arrays.copyOfRange(content, offset, offset + 7));
    }
    assertThat(store().readRange(at("object"), generation, 0, 3 << 20)).isEqualTo(content);
  }

  @Test
  void readRange_replacedObject_isInputMissing() {
    long generation = store().write(at("object"), bytes("content"));
    put("object", "another");

    assertThatFailure(() -> store().readRange(at("object"), generation, 0, 7))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageStartingWith("Cannot read " + at("object") + ": it ");
  }

  @Test
  void write_absent_createsOnlyOnce() {
    store().write(at("object"), bytes("first"), WriteCondition.absent());

    assertRefused(
        "write",
        "object",
        () -> store().write(at("object"), bytes("second"), WriteCondition.absent()));
    assertThat(content("object")).isEqualTo("first");
    assertThat(store().list(root())).containsExactly("object");
  }

  @Test
  void write_unchangedSince_replacesOnlyWhatWasRead() {
    put("object", "1");
    LoadedObject first = store().load(at("object"));
    LoadedObject second = store().load(at("object"));
    store().write(at("object"), bytes("2"), WriteCondition.unchangedSince(first.generation()));

    assertRefused(
        "write",
        "object",
        () ->
            store()
                .write(
                    at("object"), bytes("3"), WriteCondition.unchangedSince(second.generation())));
    assertThat(content("object")).isEqualTo("2");
  }

  @Test
  void write_unchangedSinceButDeleted_isRefused() {
    long generation = store().write(at("object"), bytes("1"));
    store().delete(at("object"));

    assertRefused(
        "write",
        "object",
        () -> store().write(at("object"), bytes("2"), WriteCondition.unchangedSince(generation)));
    assertThat(store().exists(at("object"))).isFalse();
  }

  @Test
  void delete_unchangedSince_deletesOnlyThatOne() {
    long old = store().write(at("object"), bytes("1"));
    long present = store().write(at("object"), bytes("2"));

    assertRefused(
        "delete", "object", () -> store().delete(at("object"), WriteCondition.unchangedSince(old)));
    assertThat(content("object")).isEqualTo("2");
    store().delete(at("object"), WriteCondition.unchangedSince(present));
    store().delete(at("object"), WriteCondition.unchangedSince(present));
    assertThat(store().exists(at("object"))).isFalse();
  }

  @Test
  void uploadAndDownload_largeFile_isCopiedUnchanged() throws IOException {
    byte[] content = randomBytes((17 << 20) + 3);
    Path source = Files.write(files.resolve("source"), content);

    long generation = store().upload(source, at("deep/er/object"), WriteCondition.absent());
    Path target = files.resolve("new/directory/target");
    store().download(at("deep/er/object"), target);

    assertThat(store().find(at("deep/er/object")).orElseThrow().generation()).isEqualTo(generation);
    assertThat(target).hasBinaryContent(content);
    assertThat(target.getParent()).isDirectoryContaining(file -> file.endsWith("target"));
    try (var children = Files.list(target.getParent())) {
      assertThat(children).containsExactly(target);
    }
  }

  @Test
  void upload_missingFile_isInputMissing() {
    Path source = files.resolve("absent");

    assertThatFailure(() -> store().upload(source, at("object"), WriteCondition.none()))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessage("Cannot read " + source + ": it does not exist; check the name");
    assertThat(store().find(at("object"))).isEmpty();
  }

  @Test
  void uploadAndDownload_emptyFile_isCopied() throws IOException {
    Path source = Files.createFile(files.resolve("source"));
    Path target = files.resolve("target");

    store().upload(source, at("object"), WriteCondition.absent());
    store().download(at("object"), target);

    assertThat(target).isEmptyFile();
  }

  @Test
  void upload_conditionDoesNotHold_leavesTheObject() throws IOException {
    put("object", "old");
    for (int length : new int[] {10, 3 << 20}) {
      Path source = Files.write(files.resolve("source"), randomBytes(length));

      assertRefused(
          "write", "object", () -> store().upload(source, at("object"), WriteCondition.absent()));
    }
    assertThat(content("object")).isEqualTo("old");
    assertThat(store().list(root())).containsExactly("object");
  }

  @Test
  void write_absentByManyAtOnce_onlyOneSucceeds() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> writers =
          Collections.nCopies(
              8,
              () -> {
                try {
                  return store().write(at("object"), bytes("same"), WriteCondition.absent()) != 0;
                } catch (Failure e) {
                  assertThat(e.kind()).isEqualTo(Failure.Kind.OUTPUT_EXISTS);
                  return false;
                }
              });
      int successes = 0;
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        successes += writer.get() ? 1 : 0;
      }
      assertThat(successes).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void download_existingFile_isReplaced() throws IOException {
    put("object", "new");
    Path target = Files.write(files.resolve("target"), bytes("the old content"));

    store().download(at("object"), target);

    assertThat(target).hasContent("new");
  }

  @Test
  void download_missingObject_leavesTheFile() throws IOException {
    Path target = Files.write(files.resolve("target"), bytes("old"));

    assertThatFailure(() -> store().download(at("absent"), target))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageStartingWith("Cannot read " + at("absent") + ": it does not exist");
    assertThat(target).hasContent("old");
  }

  @Test
  void change_guardThrows_isNotMade() throws IOException {
    put("kept", "old");
    Path source = Files.write(files.resolve("source"), bytes("new"));
    WriteCondition guarded = WriteCondition.none().guardedBy(ConditionalWritingContractTest::stop);

    assertThatFailure(() -> store().write(at("kept"), bytes("new"), guarded)).hasMessage("stop");
    assertThatFailure(() -> store().upload(source, at("kept"), guarded)).hasMessage("stop");
    assertThatFailure(() -> store().delete(at("kept"), guarded)).hasMessage("stop");
    try (PendingObject pending = store().create(at("kept"), guarded)) {
      pending.stream().write(bytes("new"));
      assertThatFailure(pending::commit).hasMessage("stop");
    }

    assertThat(store().readAll(at("kept"))).isEqualTo(bytes("old"));
  }

  private static void stop() {
    throw new Failure(Failure.Kind.OUTPUT_EXISTS, "stop");
  }
}
