package dev.alexnet.infra.testing.gcs;

import static dev.alexnet.infra.testing.gcs.PlainClient.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake's responses to reads, against what the reference of the JSON API says. */
class ReadingApiTest {
  private static final String OBJECT = "/storage/v1/b/bucket/o/object";
  private static final String MEDIA = "/download/storage/v1/b/bucket/o/object?alt=media";
  private static final String LIST = "/storage/v1/b/bucket/o";

  private final FakeGcs fake = new FakeGcs(FakeGcsOptions.standard().withPage(3));
  private final PlainClient client = new PlainClient(fake.address());

  @AfterEach
  void close() {
    fake.close();
  }

  private void put(String... names) {
    for (String name : names) {
      // The CRC-32C of these nine bytes is the check value of its definition, 0xE3069283.
      fake.put(name, "123456789".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void metadata_ofObject_hasWhatIsKnownOfIt() throws IOException {
    put("object");
    HttpResponse<String> response = client.get(OBJECT);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "Content-Type")).startsWith("application/json");
    assertThat(json(response).path("name").asText()).isEqualTo("object");
    assertThat(json(response).path("bucket").asText()).isEqualTo("bucket");
    assertThat(json(response).path("size").asText()).isEqualTo("9");
    assertThat(json(response).path("crc32c").asText()).isEqualTo("4waSgw==");
    assertThat(json(response).path("generation").asLong())
        .isEqualTo(fake.generation("bucket", "object"))
        .isPositive();
  }

  @Test
  void metadata_fields_hasOnlyThose() throws IOException {
    put("object");

    assertThat(json(client.get(OBJECT + "?fields=crc32c,size")).toString())
        .isEqualTo("{\"size\":\"9\",\"crc32c\":\"4waSgw==\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "/storage/v1/b/bucket/o/absent",
    "/storage/v1/b/bucket/o/object?generation=1",
    "/storage/v1/b/absent/o/object",
    "/storage/v1/b/absent/o",
    "/storage/v1/b/absent",
    "/download/storage/v1/b/bucket/o/absent?alt=media",
  })
  void read_missing_is404InJson(String path) throws IOException {
    put("object");
    HttpResponse<String> response = client.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).at("/error/code").asInt()).isEqualTo(404);
    assertThat(json(response).at("/error/errors/0/reason").asText()).isEqualTo("notFound");
  }

  @Test
  void media_whole_hasChecksumAndGenerationInHeaders() throws IOException {
    put("object");
    HttpResponse<String> response = client.get(MEDIA);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("123456789");
    assertThat(header(response, "x-goog-hash")).isEqualTo("crc32c=4waSgw==");
    assertThat(header(response, "x-goog-generation"))
        .isEqualTo(String.valueOf(fake.generation("bucket", "object")));
    assertThat(header(response, "x-goog-stored-content-length")).isEqualTo("9");
    assertThat(header(response, "x-goog-stored-content-encoding")).isEqualTo("identity");
    assertThat(header(response, "Content-Range")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 1234, bytes 0-3/9",
    "bytes=4-, 206, 56789, bytes 4-8/9",
    "bytes=4-99, 206, 56789, bytes 4-8/9",
    "bytes=-2, 206, 89, bytes 7-8/9",
    "bytes=-99, 206, 123456789, bytes 0-8/9",
    "lines=1-2, 200, 123456789, ",
  })
  void media_range_isThatRange(String range, int status, String content, String contentRange)
      throws IOException {
    put("object");
    HttpResponse<String> response = client.get(MEDIA, "Range", range);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(content);
    assertThat(header(response, "Content-Range")).isEqualTo(contentRange);
    assertThat(header(response, "x-goog-hash")).isEqualTo("crc32c=4waSgw==");
  }

  @Test
  void media_rangeBehindTheEnd_is416() throws IOException {
    put("object");
    fake.put("empty", new byte[0]);

    HttpResponse<String> response = client.get(MEDIA, "Range", "bytes=9-");
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "Content-Range")).isEqualTo("bytes */9");
    assertThat(client.get(MEDIA.replace("object", "empty"), "Range", "bytes=0-").statusCode())
        .isEqualTo(416);
  }

  @ParameterizedTest
  @CsvSource({
    "ifGenerationMatch, 0, 200",
    "ifGenerationMatch, 1, 412",
    "ifGenerationNotMatch, 0, 304",
    "ifGenerationNotMatch, 1, 200",
    "generation, 0, 200",
    "generation, 1, 404",
  })
  void media_precondition_isChecked(String parameter, long distance, int status)
      throws IOException {
    put("object");
    long generation = fake.generation("bucket", "object") + distance;

    assertThat(client.get(MEDIA + "&" + parameter + "=" + generation).statusCode())
        .isEqualTo(status);
  }

  /** Items and prefixes of each page. */
  private List<String> pages(String query) throws IOException {
    List<String> pages = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = json(client.get(LIST + "?" + query + token));
      List<String> names = new ArrayList<>();
      page.path("items").forEach(item -> names.add(item.path("name").asText()));
      page.path("prefixes").forEach(prefix -> names.add("(" + prefix.asText() + ")"));
      pages.add(String.join(" ", names));
      token = "&pageToken=" + page.path("nextPageToken").asText();
    } while (!token.equals("&pageToken="));
    return pages;
  }

  @Test
  void list_manyObjects_comesInPages() throws IOException {
    put("d/1", "d/2", "d/3", "d/4", "e", "f", "~");

    assertThat(pages("")).containsExactly("d/1 d/2 d/3", "d/4 e f", "~");
    assertThat(pages("maxResults=2&prefix=d/")).containsExactly("d/1 d/2", "d/3 d/4");
    assertThat(pages("maxResults=1000&prefix=e")).containsExactly("e");
    assertThat(pages("prefix=absent")).containsExactly("");
  }

  @Test
  void list_delimiter_namesEachDirectoryOnce() throws IOException {
    put("a", "d/1", "d/2", "d/3", "d/4", "d/e/f", "d0", "g/h");

    assertThat(pages("delimiter=/")).containsExactly("a d0 (d/)", "(g/)");
    assertThat(pages("delimiter=/&maxResults=1")).containsExactly("a", "(d/)", "d0", "(g/)");
    assertThat(pages("delimiter=/&prefix=d/")).containsExactly("d/1 d/2 d/3", "d/4 (d/e/)");
  }

  @Test
  void list_directoryMarker_isAnItemOfItsOwnListing() throws IOException {
    put("d/", "d/1");

    assertThat(pages("delimiter=/&prefix=d/")).containsExactly("d/ d/1");
    assertThat(pages("delimiter=/")).containsExactly("(d/)");
  }

  @Test
  void list_fields_hasOnlyThose() throws IOException {
    put("a", "b", "c", "d/e");

    assertThat(client.get(LIST + "?delimiter=/&fields=items/name,items/size,prefixes").body())
        .isEqualTo(
            "{\"items\":[{\"name\":\"a\",\"size\":\"9\"},{\"name\":\"b\",\"size\":\"9\"},"
                + "{\"name\":\"c\",\"size\":\"9\"}]}");
    assertThat(client.get(LIST + "?maxResults=1&fields=items(name),nextPageToken").body())
        .isEqualTo("{\"nextPageToken\":\"YQ==\",\"items\":[{\"name\":\"a\"}]}");
  }

  @Test
  void bucket_existing_isNamed() throws IOException {
    fake.createBucket("another");

    assertThat(json(client.get("/storage/v1/b/another")).path("name").asText())
        .isEqualTo("another");
  }
}
