package dev.alexnet.infra.testing.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeGcsProcessTest {
  @TempDir Path directory;

  @Test
  void server_inItsOwnProcess_isScriptedAndCounted() throws IOException {
    try (FakeGcsProcess fake =
        FakeGcsProcess.start(
            directory,
            "--bucket",
            "other",
            "--page",
            "1",
            "--fault",
            "UNAVAILABLE@2,on=METADATA")) {
      PlainClient client = new PlainClient(fake.address());
      fake.put("other", "a b/c+é", new byte[] {1, 2, 3});
      fake.script(FaultScript.of(Fault.FLIPPED_BIT).every(1).named("a b.*"));
      String path = "/storage/v1/b/other/o/a%20b%2Fc%2B%C3%A9";

      assertThat(client.get(path).statusCode()).isEqualTo(200);
      assertThat(client.get(path).statusCode()).isEqualTo(503);
      assertThat(client.get(path + "?alt=media", "Range", "bytes=1-").body())
          .isEqualTo("\u0002\u0002");
      assertThat(fake.requests())
          .containsExactly("GET " + path, "GET " + path, "GET " + path + " bytes=1-");
      assertThat(fake.counts())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(RequestKind.METADATA, 2L, RequestKind.MEDIA, 1L));
      assertThat(fake.injected())
          .containsExactlyInAnyOrderEntriesOf(Map.of(Fault.UNAVAILABLE, 1L, Fault.FLIPPED_BIT, 1L));
      assertThat(fake.mostInFlight()).isEqualTo(1);
      fake.reset();
      fake.rot("other", "a b/c+é", 0);
      assertThat(fake.content("other", "a b/c+é")).containsExactly(0, 2, 3);
      assertThat(client.get(path + "?alt=media").body()).isEqualTo("\0\u0002\u0003");
      assertThat(fake.objects("other")).containsOnlyKeys("a b/c+é");
      assertThat(fake.injected()).isEmpty();
    }
  }

  @Test
  void server_thatFailed_saysSoAtClose() throws IOException {
    FakeGcsProcess fake = FakeGcsProcess.start(directory);
    new PlainClient(fake.address()).get("/unknown");

    assertThatThrownBy(fake::close).hasMessageContaining("The fake does not know GET /unknown");
  }

  @Test
  void start_unknownOption_saysSo() {
    assertThatThrownBy(() -> FakeGcsProcess.start(directory, "--unknown", "1"))
        .hasMessageContaining("Unknown option --unknown");
  }
}
