package dev.alexnet.infra.testing.gcs;

import static dev.alexnet.infra.testing.gcs.PlainClient.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final String OBJECT = "/storage/v1/b/bucket/o/object";
  private static final String MEDIA = OBJECT + "?alt=media";
  private static final String UPLOAD = "/upload/storage/v1/b/bucket/o?name=new&uploadType=";
  private static final int GRAIN = 256 << 10;

  private final FakeGcs fake = new FakeGcs();
  private final PlainClient client = new PlainClient(fake.address());

  FaultsTest() {
    fake.put("object", "123456789".getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private String statuses(int count, String path) throws IOException {
    List<String> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      statuses.add(String.valueOf(client.get(path).statusCode()));
    }
    return String.join(" ", statuses);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE@3, 200 200 503 200 200 200",
    "UNAVAILABLE@every:2, 200 503 200 503 200 503",
    "UNAVAILABLE@from:3, 200 200 503 503 503 503",
    "'TOO_MANY_REQUESTS@1,on=METADATA+LIST', 429 200 200 200 200 200",
    "'UNAVAILABLE@1,on=MEDIA', 200 200 200 200 200 200",
    "'UNAVAILABLE@2,name=obj.*', 200 503 200 200 200 200",
    "'UNAVAILABLE@2,name=obj', 200 200 200 200 200 200",
  })
  void script_happensToTheRequestsItSays(String script, String statuses) throws IOException {
    fake.script(FaultScript.parse(script));

    assertThat(statuses(6, OBJECT)).isEqualTo(statuses);
    long expected = (long) statuses.split(" ", -1).length - statuses.split("200", -1).length + 1;
    assertThat(fake.injected().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNAVAILABLE@3",
        "SHORT_BODY@every:7",
        "STALL@every:1,lasting=5",
        "RESET_AFTER@from:2,on=LIST+MEDIA",
        "FLIPPED_BIT@4,name=a,b=c.*",
      })
  void text_ofScript_isReadBackAsTheSame(String text) {
    String whole = FaultScript.parse(text).text();

    assertThat(FaultScript.parse(whole).text()).isEqualTo(whole);
    assertThat(whole).startsWith(text.split(",", 2)[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "NONSENSE@1", "STALL@often:2", "STALL@0", "STALL@1,a=b"})
  void parse_noScript_isRefused(String text) {
    assertThatThrownBy(() -> FaultScript.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void resetBefore_hasNoEffect() {
    fake.script(FaultScript.of(Fault.RESET_BEFORE).on(RequestKind.UPLOAD));

    assertThatThrownBy(() -> client.post(UPLOAD + "media", "content"))
        .isInstanceOf(IOException.class);
    assertThat(fake.names("bucket", "new")).isEmpty();
  }

  @Test
  void resetAfter_hasItsEffect() {
    fake.script(FaultScript.of(Fault.RESET_AFTER).on(RequestKind.UPLOAD));

    assertThatThrownBy(() -> client.post(UPLOAD + "media", "content"))
        .isInstanceOf(IOException.class);
    assertThat(fake.names("bucket", "new")).containsExactly("new");
  }

  @Test
  void unavailableAfter_hasItsEffect() throws IOException {
    fake.script(FaultScript.of(Fault.UNAVAILABLE_AFTER));

    assertThat(client.post(UPLOAD + "media", "content").statusCode()).isEqualTo(503);
    assertThat(fake.names("bucket", "new")).containsExactly("new");
  }

  @Test
  void shortBody_endsBeforeItsStatedLength() throws IOException {
    fake.script(FaultScript.of(Fault.SHORT_BODY).on(RequestKind.MEDIA));

    assertThatThrownBy(() -> client.get(MEDIA))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("bytes received: 4");
    assertThat(client.get(MEDIA).body()).isEqualTo("123456789");
  }

  @Test
  void flippedBit_changesWhatIsSentButNotWhatIsStored() throws IOException {
    fake.script(FaultScript.of(Fault.FLIPPED_BIT));
    HttpResponse<String> response = client.get(MEDIA);

    assertThat(response.body()).isEqualTo("123446789");
    assertThat(header(response, "x-goog-hash")).isEqualTo("crc32c=4waSgw==");
    assertThat(client.get(MEDIA).body()).isEqualTo("123456789");
  }

  @Test
  void flippedBit_noContent_waitsForContent() throws IOException {
    fake.script(FaultScript.of(Fault.FLIPPED_BIT));
    client.get(MEDIA.replace("object", "absent"));
    assertThat(fake.injected()).isEmpty();

    assertThat(client.get(MEDIA).body()).isEqualTo("123446789");
    assertThat(fake.injected()).isEqualTo(Map.of(Fault.FLIPPED_BIT, 1L));
  }

  @Test
  void rot_staysAndKeepsTheStatedChecksum() throws IOException {
    long generation = fake.generation("bucket", "object");
    fake.rot("bucket", "object", 8);

    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = client.get(MEDIA);
      assertThat(response.body()).isEqualTo("123456788");
      assertThat(header(response, "x-goog-hash")).isEqualTo("crc32c=4waSgw==");
      assertThat(header(response, "x-goog-generation")).isEqualTo(String.valueOf(generation));
    }
  }

  @Test
  void flippedUpload_isStoredUnlessTheClientDeclaredAChecksum() throws IOException {
    fake.script(FaultScript.of(Fault.FLIPPED_UPLOAD).every(1));
    client.post(UPLOAD + "media", "123456789");

    assertThat(fake.content("bucket", "new")).asString().isEqualTo("023456789");
    assertThat(
            client
                .post(UPLOAD + "media", "123456789", "x-goog-hash", "crc32c=4waSgw==")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void flippedUpload_multipart_changesTheContentAndNotTheName() throws IOException {
    fake.script(FaultScript.of(Fault.FLIPPED_UPLOAD));
    String body = "--edge\r\n\r\n{\"name\":\"new\"}\r\n--edge\r\n\r\n123456789\r\n--edge--\r\n";
    client.post(UPLOAD + "multipart", body, "Content-Type", "multipart/related; boundary=edge");

    assertThat(fake.content("bucket", "new")).asString().isEqualTo("023456789");
    assertThat(fake.injected()).isEqualTo(Map.of(Fault.FLIPPED_UPLOAD, 1L));
  }

  @ParameterizedTest
  @CsvSource({OBJECT, "/storage/v1/b/bucket/o"})
  void wrongChecksum_ofMetadata_isNotTheObjects(String path) throws IOException {
    fake.script(FaultScript.of(Fault.WRONG_CHECKSUM));

    assertThat(client.get(path).body()).contains("AAAAAA==").doesNotContain("4waSgw==");
    assertThat(client.get(path).body()).contains("4waSgw==");
  }

  @Test
  void wrongChecksum_ofMedia_isInItsHeader() throws IOException {
    fake.script(FaultScript.of(Fault.WRONG_CHECKSUM));

    assertThat(header(client.get(MEDIA), "x-goog-hash")).isEqualTo("crc32c=AAAAAA==");
  }

  @Test
  void partialChunk_storesLessThanWasSent() throws IOException {
    fake.script(FaultScript.of(Fault.PARTIAL_CHUNK));
    String session = header(client.post(UPLOAD + "resumable", ""), "Location");
    HttpResponse<String> response =
        client.put(session, "x".repeat(4 * GRAIN), "Content-Range", "bytes 0-1048575/1048576");

    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(header(response, "Range")).isEqualTo("bytes=0-524287");
    assertThat(
            client
                .put(
                    session, "y".repeat(2 * GRAIN), "Content-Range", "bytes 524288-1048575/1048576")
                .statusCode())
        .isEqualTo(200);
    assertThat(fake.content("bucket", "new"))
        .asString()
        .isEqualTo("x".repeat(2 * GRAIN) + "y".repeat(2 * GRAIN));
  }

  @Test
  void stall_respondsAfterItsTime() throws IOException {
    fake.script(FaultScript.of(Fault.STALL).lasting(Duration.ofMillis(50)));
    long start = System.nanoTime();

    assertThat(client.get(MEDIA).statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
  }

  @Test
  void requests_atTheSameTime_areServedInParallel() throws Exception {
    int count = 16;
    // Each request waits for all the others.
    CyclicBarrier barrier = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try (FakeGcs slow =
        new FakeGcs(FakeGcsOptions.standard().withLatency(Duration.ofMillis(200)))) {
      PlainClient asking = new PlainClient(slow.address());
      Callable<Integer> request =
          () -> {
            barrier.await();
            return asking.get("/storage/v1/b/bucket").statusCode();
          };
      for (Future<Integer> status : threads.invokeAll(Collections.nCopies(count, request))) {
        assertThat(status.get()).isEqualTo(200);
      }
      assertThat(slow.mostInFlight()).isGreaterThan(count / 2);
    } finally {
      threads.shutdownNow();
    }
  }
}
