package dev.alexnet.infra.testing.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake is understood by Google's client library as the service is. */
class ClientLibraryTest {
  private static final BlobInfo OBJECT = BlobInfo.newBuilder("bucket", "a/object").build();
  private static final byte[] CONTENT = "123456789".getBytes(StandardCharsets.UTF_8);
  private static final int CHUNK = 512 << 10;

  private final FakeGcs fake = new FakeGcs(FakeGcsOptions.standard().withPage(3));
  private final Storage storage =
      StorageOptions.http()
          .setHost(fake.address())
          .setProjectId("test")
          .setCredentials(NoCredentials.getInstance())
          .setRetrySettings(
              RetrySettings.newBuilder()
                  .setInitialRetryDelayDuration(Duration.ofMillis(1))
                  .setMaxRetryDelayDuration(Duration.ofMillis(1))
                  .setTotalTimeoutDuration(Duration.ofSeconds(30))
                  .setMaxAttempts(5)
                  .build())
          .build()
          .getService();

  @AfterEach
  void close() throws Exception {
    storage.close();
    fake.close();
  }

  private void write(byte[] bytes, BlobWriteOption... options) throws IOException {
    try (WriteChannel channel = storage.writer(OBJECT, options)) {
      channel.setChunkSize(CHUNK);
      channel.write(ByteBuffer.wrap(bytes));
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  @Test
  void create_inOneRequest_tellsItsGenerationAndChecksum() {
    Blob blob = storage.create(OBJECT, CONTENT, BlobTargetOption.doesNotExist());

    assertThat(blob.getCrc32c()).isEqualTo("4waSgw==");
    assertThat(blob.getGeneration()).isEqualTo(fake.generation("bucket", "a/object"));
    assertThat(storage.readAllBytes(OBJECT.getBlobId())).isEqualTo(CONTENT);
    assertThat(fake.counts()).containsEntry(RequestKind.UPLOAD, 1L);
  }

  @Test
  void create_existing_is412() {
    storage.create(OBJECT, CONTENT, BlobTargetOption.doesNotExist());

    assertThatThrownBy(() -> storage.create(OBJECT, CONTENT, BlobTargetOption.doesNotExist()))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "262143", "262144", "262145", "524288", "1000000"})
  void writer_anyLength_isStoredWhole(int length) throws IOException {
    write(random(length));

    assertThat(fake.content("bucket", "a/object")).isEqualTo(random(length));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE@every:3",
    "RESET_BEFORE@every:3",
    "RESET_AFTER@every:3",
    "UNAVAILABLE_AFTER@every:3",
    "PARTIAL_CHUNK@2",
  })
  void writer_faults_areOvercome(String script) throws IOException {
    fake.script(FaultScript.parse(script + ",on=UPLOAD_CHUNK"));
    write(random(5 * CHUNK + 1), BlobWriteOption.doesNotExist());

    assertThat(fake.content("bucket", "a/object")).isEqualTo(random(5 * CHUNK + 1));
    assertThat(fake.injected()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE@1", "RESET_BEFORE@1", "SHORT_BODY@1", "TOO_MANY_REQUESTS@1"})
  void read_faults_areOvercome(String script) {
    fake.put("a/object", random(CHUNK));
    fake.script(FaultScript.parse(script + ",on=MEDIA"));

    assertThat(storage.readAllBytes(OBJECT.getBlobId())).isEqualTo(random(CHUNK));
    assertThat(fake.injected()).hasSize(1);
  }

  @Test
  void reader_range_readsOneGenerationOnly() throws IOException {
    fake.put("a/object", CONTENT);
    BlobId id = BlobId.of("bucket", "a/object", fake.generation("bucket", "a/object"));
    try (var channel = storage.reader(id)) {
      channel.seek(2);
      channel.limit(5);
      ByteBuffer target = ByteBuffer.allocate(9);
      while (channel.read(target) >= 0) {
        assertThat(target.position()).isLessThanOrEqualTo(3);
      }
      assertThat(new String(target.array(), 0, 3, StandardCharsets.UTF_8)).isEqualTo("345");
    }
    assertThat(fake.requests())
        .containsExactly("GET /download/storage/v1/b/bucket/o/a%2Fobject bytes=2-4");
  }

  @Test
  void list_severalPages_hasWhatWasAskedFor() {
    for (int i = 0; i < 8; i++) {
      fake.put("a/" + i, CONTENT);
    }
    fake.put("a/b/c", CONTENT);
    List<String> names = new ArrayList<>();
    storage
        .list("bucket", BlobListOption.prefix("a/"), BlobListOption.currentDirectory())
        .iterateAll()
        .forEach(blob -> names.add(blob.getName() + " " + blob.getCrc32c()));

    assertThat(names).hasSize(9).contains("a/0 4waSgw==", "a/7 4waSgw==", "a/b/ null");
    assertThat(fake.counts()).containsEntry(RequestKind.LIST, 3L);
  }

  @Test
  void compose_severalObjects_isChecked() {
    fake.put("part-1", "1234".getBytes(StandardCharsets.UTF_8));
    fake.put("part-2", "56789".getBytes(StandardCharsets.UTF_8));
    Blob blob =
        storage.compose(
            ComposeRequest.newBuilder()
                .addSource("part-1", fake.generation("bucket", "part-1"))
                .addSource("part-2", fake.generation("bucket", "part-2"))
                .setTarget(OBJECT)
                .setTargetOptions(BlobTargetOption.doesNotExist())
                .build());

    assertThat(blob.getCrc32c()).isEqualTo("4waSgw==");
    assertThat(blob.getGeneration()).isEqualTo(fake.generation("bucket", "a/object"));
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "3000000"})
  void copy_anyLength_hasTheContentAndItsChecksum(int length) {
    fake.put("source", random(length));
    Blob blob =
        storage
            .copy(
                CopyRequest.newBuilder()
                    .setSource(BlobId.of("bucket", "source", fake.generation("bucket", "source")))
                    .setTarget(OBJECT, BlobTargetOption.doesNotExist())
                    .build())
            .getResult();

    assertThat(blob.getCrc32c()).isEqualTo(storage.get(BlobId.of("bucket", "source")).getCrc32c());
    assertThat(fake.content("bucket", "a/object")).isEqualTo(random(length));
  }

  @Test
  void copy_existing_is412() {
    fake.put("source", CONTENT);
    fake.put("a/object", CONTENT);

    assertThatThrownBy(
            () ->
                storage
                    .copy(
                        CopyRequest.newBuilder()
                            .setSource(BlobId.of("bucket", "source"))
                            .setTarget(OBJECT, BlobTargetOption.doesNotExist())
                            .build())
                    .getResult())
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
  }

  @Test
  void delete_otherGeneration_is412() {
    fake.put("a/object", CONTENT);

    assertThatThrownBy(
            () -> storage.delete(OBJECT.getBlobId(), BlobSourceOption.generationMatch(1)))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    assertThat(storage.delete(OBJECT.getBlobId())).isTrue();
    assertThat(storage.delete(OBJECT.getBlobId())).isFalse();
    assertThat(storage.get(OBJECT.getBlobId())).isNull();
  }
}
