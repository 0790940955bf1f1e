package dev.alexnet.infra.testing.gcs;

import static dev.alexnet.infra.testing.gcs.PlainClient.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake's responses to changes, against what the reference of the JSON API says. */
class WritingApiTest {
  private static final String UPLOAD = "/upload/storage/v1/b/bucket/o?uploadType=";
  private static final String OBJECT = "/storage/v1/b/bucket/o/object";
  private static final int GRAIN = 256 << 10;

  @TempDir Path directory;
  private FakeGcs fake = new FakeGcs();
  private PlainClient client = new PlainClient(fake.address());

  @AfterEach
  void close() {
    fake.close();
  }

  private String content(String name) {
    return new String(fake.content("bucket", name), StandardCharsets.UTF_8);
  }

  private String start(String query, String json) throws IOException {
    HttpResponse<String> response = client.post(UPLOAD + "resumable" + query, json);
    assertThat(response.statusCode()).isEqualTo(200);
    return header(response, "Location");
  }

  @Test
  void mediaUpload_storesTheBody() throws IOException {
    HttpResponse<String> response = client.post(UPLOAD + "media&name=a%2Fb", "content");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"name\":\"a/b\"", "\"size\":\"7\"");
    assertThat(content("a/b")).isEqualTo("content");
  }

  @ParameterizedTest
  @CsvSource({"4waSgw==, 200", "AAAAAA==, 400"})
  void multipartUpload_declaredChecksum_isChecked(String checksum, int status) throws IOException {
    String body =
        "--edge\r\nContent-Type: application/json\r\n\r\n{\"name\":\"object\",\"crc32c\":\""
            + checksum
            + "\"}\r\n--edge\r\nContent-Type: text/plain\r\n\r\n123456789\r\n--edge--\r\n";
    HttpResponse<String> response =
        client.post(
            UPLOAD + "multipart", body, "Content-Type", "multipart/related; boundary=\"edge\"");

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(fake.names("bucket", "")).hasSize(status == 200 ? 1 : 0);
    if (status == 200) {
      assertThat(content("object")).isEqualTo("123456789");
    }
  }

  @Test
  void upload_withoutNameOrBucket_isRefused() throws IOException {
    assertThat(client.post(UPLOAD + "media", "content").statusCode()).isEqualTo(400);
    assertThat(client.post(UPLOAD.replace("bucket", "absent") + "media&name=a", "").statusCode())
        .isEqualTo(404);
    assertThat(
            client.post(UPLOAD.replace("bucket", "absent") + "resumable&name=a", "").statusCode())
        .isEqualTo(404);
  }

  @Test
  void upload_precondition_isChecked() throws IOException {
    String path = UPLOAD + "media&name=object&ifGenerationMatch=";

    assertThat(client.post(path + "1", "first").statusCode()).isEqualTo(412);
    assertThat(client.post(path + "0", "first").statusCode()).isEqualTo(200);
    assertThat(client.post(path + "0", "second").statusCode()).isEqualTo(412);
    long generation = fake.generation("bucket", "object");
    assertThat(client.post(path + generation, "second").statusCode()).isEqualTo(200);
    assertThat(client.post(path + generation, "third").statusCode()).isEqualTo(412);
    assertThat(content("object")).isEqualTo("second");
    assertThat(fake.generation("bucket", "object")).isGreaterThan(generation);
  }

  @Test
  void resumableUpload_inChunks_isInvisibleUntilItsEnd() throws IOException {
    String session = start("", "{\"name\":\"object\"}");
    String chunk = "x".repeat(GRAIN);

    HttpResponse<String> nothing = client.put(session, "", "Content-Range", "bytes */*");
    assertThat(nothing.statusCode()).isEqualTo(308);
    assertThat(header(nothing, "Range")).isNull();
    HttpResponse<String> first = client.put(session, chunk, "Content-Range", "bytes 0-262143/*");
    assertThat(first.statusCode()).isEqualTo(308);
    assertThat(header(first, "Range")).isEqualTo("bytes=0-262143");
    HttpResponse<String> question = client.put(session, "", "Content-Range", "bytes */*");
    assertThat(question.statusCode()).isEqualTo(308);
    assertThat(header(question, "Range")).isEqualTo("bytes=0-262143");
    assertThat(fake.names("bucket", "")).isEmpty();
    HttpResponse<String> last =
        client.put(session, "end", "Content-Range", "bytes 262144-262146/262147");
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(last.body()).contains("\"size\":\"262147\"");
    assertThat(content("object")).isEqualTo(chunk + "end");
    assertThat(client.put(session, "", "Content-Range", "bytes */*").statusCode()).isEqualTo(200);
  }

  @Test
  void resumableUpload_repeatedBytes_areIgnored() throws IOException {
    String session = start("&name=object", "");
    client.put(session, "x".repeat(GRAIN), "Content-Range", "bytes 0-262143/*");
    client.put(session, "y".repeat(2 * GRAIN), "Content-Range", "bytes 0-524287/524288");

    assertThat(content("object")).isEqualTo("x".repeat(GRAIN) + "y".repeat(GRAIN));
  }

  @Test
  void resumableUpload_gap_is503InPlainText() throws IOException {
    String session = start("&name=object", "");
    HttpResponse<String> response = client.put(session, "abc", "Content-Range", "bytes 3-5/6");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "Content-Type")).isEqualTo("text/plain");
    assertThat(response.body()).contains("Content-Range");
  }

  @Test
  void resumableUpload_middleChunk_isStoredInMultiplesOf256KiB() throws IOException {
    String session = start("&name=object", "");
    HttpResponse<String> response =
        client.put(session, "x".repeat(GRAIN + 1), "Content-Range", "bytes 0-262144/*");

    assertThat(header(response, "Range")).isEqualTo("bytes=0-262143");
  }

  @Test
  void resumableUpload_sizeStatedAtTheEnd_completesIt() throws IOException {
    String session = start("&name=object", "");
    client.put(session, "x".repeat(GRAIN), "Content-Range", "bytes 0-262143/*");

    assertThat(client.put(session, "", "Content-Range", "bytes */262144").statusCode())
        .isEqualTo(200);
    String empty = start("&name=empty", "");
    assertThat(client.put(empty, "", "Content-Range", "bytes */0").statusCode()).isEqualTo(200);
    String whole = start("&name=whole", "");
    assertThat(client.put(whole, "all of it").statusCode()).isEqualTo(200);
    assertThat(content("whole")).isEqualTo("all of it");
  }

  @Test
  void resumableUpload_cancelled_is499FromThen() throws IOException {
    String session = start("&name=object", "");
    client.put(session, "x".repeat(GRAIN), "Content-Range", "bytes 0-262143/*");

    assertThat(client.send("DELETE", session, new byte[0]).statusCode()).isEqualTo(499);
    assertThat(client.put(session, "", "Content-Range", "bytes */*").statusCode()).isEqualTo(499);
    assertThat(client.put(session + "x", "", "Content-Range", "bytes */*").statusCode())
        .isEqualTo(404);
    assertThat(fake.names("bucket", "")).isEmpty();
  }

  @Test
  void resumableUpload_declaredChecksum_isChecked() throws IOException {
    String right = start("", "{\"name\":\"right\",\"crc32c\":\"4waSgw==\"}");
    String wrong = start("", "{\"name\":\"wrong\",\"crc32c\":\"AAAAAA==\"}");
    String inHeader = start("&name=header", "");

    assertThat(client.put(right, "123456789").statusCode()).isEqualTo(200);
    assertThat(client.put(wrong, "123456789").statusCode()).isEqualTo(400);
    assertThat(client.put(inHeader, "123456789", "x-goog-hash", "crc32c=AAAAAA==").statusCode())
        .isEqualTo(400);
    assertThat(fake.names("bucket", "")).containsExactly("right");
  }

  @Test
  void resumableUpload_changedMeanwhile_is412AtItsEnd() throws IOException {
    String session = start("&name=object&ifGenerationMatch=0", "");
    fake.put("object", new byte[1]);

    assertThat(client.put(session, "late").statusCode()).isEqualTo(412);
    assertThat(fake.content("bucket", "object")).isEqualTo(new byte[1]);
  }

  @Test
  void compose_objects_isTheirConcatenation() throws IOException {
    fake.put("a", "1234".getBytes(StandardCharsets.UTF_8));
    fake.put("b", "56789".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> response =
        client.post(OBJECT + "/compose", sources("a", "b", fake.generation("bucket", "b")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"crc32c\":\"4waSgw==\"", "\"componentCount\":2");
    assertThat(content("object")).isEqualTo("123456789");
  }

  @Test
  void compose_precondition_isChecked() throws IOException {
    fake.put("a", new byte[1]);
    fake.put("b", new byte[1]);
    long generation = fake.generation("bucket", "b");

    assertThat(client.post(OBJECT + "/compose", sources("a", "b", 1)).statusCode()).isEqualTo(412);
    assertThat(client.post(OBJECT + "/compose", sources("absent", "b", generation)).statusCode())
        .isEqualTo(404);
    assertThat(
            client
                .post(OBJECT + "/compose?ifGenerationMatch=1", sources("a", "b", generation))
                .statusCode())
        .isEqualTo(412);
    assertThat(client.post(OBJECT + "/compose", "{\"sourceObjects\":[]}").statusCode())
        .isEqualTo(400);
    assertThat(fake.names("bucket", "")).containsExactly("a", "b");
  }

  private static String sources(String first, String second, long secondGeneration) {
    return ("{\"sourceObjects\":[{\"name\":\"%s\"},{\"name\":\"%s\","
            + "\"objectPreconditions\":{\"ifGenerationMatch\":\"%d\"}}]}")
        .formatted(first, second, secondGeneration);
  }

  @ParameterizedTest
  @CsvSource({
    "absent, 404, 1",
    "object?generation=1, 404, 1",
    "object?ifGenerationMatch=1, 412, 1",
    "object, 204, 0",
  })
  void delete_object_removesTheGenerationThatIsMeant(String target, int status, int left)
      throws IOException {
    fake.put("object", new byte[1]);

    assertThat(client.send("DELETE", "/storage/v1/b/bucket/o/" + target, new byte[0]).statusCode())
        .isEqualTo(status);
    assertThat(fake.names("bucket", "")).hasSize(left);
  }

  @Test
  void directory_holdsTheLiveGenerationsOnly() throws IOException {
    fake.close();
    fake = new FakeGcs(FakeGcsOptions.standard().withDirectory(directory));
    client = new PlainClient(fake.address());
    for (String content : new String[] {"first", "second"}) {
      client.post(UPLOAD + "media&name=object", content);
    }
    client.post(UPLOAD + "media&name=object&ifGenerationMatch=1", "refused");

    assertThat(client.get(OBJECT + "?alt=media", "Range", "bytes=3-").body()).isEqualTo("ond");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("second"));
    }
    client.send("DELETE", OBJECT, new byte[0]);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void request_unknownToTheFake_isReportedAtClose() throws IOException {
    FakeGcs other = new FakeGcs();
    PlainClient asking = new PlainClient(other.address());

    assertThat(asking.post(OBJECT + "/rewriteTo/b/other/o/other", "").statusCode()).isEqualTo(501);
    assertThat(asking.get(OBJECT.replace("/object", "?versions=true")).statusCode()).isEqualTo(501);
    assertThatThrownBy(other::close)
        .hasMessage("The fake failed")
        .cause()
        .hasMessageContaining("rewriteTo");
  }
}
