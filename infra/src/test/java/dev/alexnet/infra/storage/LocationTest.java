package dev.alexnet.infra.storage;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationTest {

  @ParameterizedTest
  @CsvSource({
    "data, data",
    "data/, data",
    "/data///, /data",
    "/, /",
    "gs://bucket, gs://bucket",
    "gs://bucket/, gs://bucket",
    "gs://bucket/a/b/, gs://bucket/a/b",
  })
  void new_slashesAtTheEnd_areRemoved(String given, String value) {
    assertThat(new Location(given).value()).isEqualTo(value);
    assertThat(new Location(given)).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''          | A location is empty; give a path or gs://bucket/key",
        "'  '        | A location is empty; give a path or gs://bucket/key",
        "s3://b/key  | 's3://b/key' has the scheme 's3'; a location is a local path or"
            + " gs://bucket/key",
        "file:///a   | 'file:///a' has the scheme 'file'; a location is a local path or"
            + " gs://bucket/key",
        "gs://       | 'gs://' has no bucket; write gs://bucket/key",
        "gs://b/key  | 'gs://b/key' names the bucket 'b'; names of buckets have three letters or more",
        "gs:///key   | 'gs:///key' has no bucket; write gs://bucket/key",
      })
  void new_noLocation_isUsageFailure(String value, String message) {
    assertThatFailure(() -> new Location(value)).isOfKind(Failure.Kind.USAGE).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "data, .",
    "data/train, data",
    "/data, /",
    "/, /",
    "gs://bucket/a/b, gs://bucket/a",
    "gs://bucket/a, gs://bucket",
    "gs://bucket, gs://bucket",
  })
  void parent_location_isTheDirectoryThatItLiesIn(String value, String parent) {
    assertThat(new Location(value).parent()).isEqualTo(new Location(parent));
  }

  @ParameterizedTest
  @CsvSource({
    "gs://bucket, bucket, '', bucket",
    "gs://bucket/object, bucket, object, object",
    "gs://bucket/a/b c, bucket, a/b c, b c",
  })
  void bucketAndKey_cloudLocation_areItsParts(
      String value, String bucket, String key, String name) {
    Location location = new Location(value);

    assertThat(location.isCloud()).isTrue();
    assertThat(location.bucket()).isEqualTo(bucket);
    assertThat(location.key()).isEqualTo(key);
    assertThat(location.name()).isEqualTo(name);
  }

  @Test
  void bucketAndKey_localLocation_areABug() {
    Location location = new Location("data/file");

    assertThat(location.isCloud()).isFalse();
    assertThat(location.name()).isEqualTo("file");
    assertThatThrownBy(location::bucket)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("'data/file' is not on Google Cloud Storage");
    assertThatThrownBy(location::key).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "data, data/a/b",
    "/, /a/b",
    "gs://bucket, gs://bucket/a/b",
    "gs://bucket/key/, gs://bucket/key/a/b",
  })
  void resolve_child_isUnderIt(String directory, String expected) {
    assertThat(new Location(directory).resolve("a/b")).isEqualTo(new Location(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "in/loc, in, true",
    "in, in, true",
    "in/../loc, in, false",
    "./a/../in/loc, in, true",
    "input, in, false",
    "/in/loc, in, false",
    "gs://bucket/in/loc, gs://bucket/in, true",
    "gs://bucket/in/../loc, gs://bucket/in, true",
    "gs://bucket/input, gs://bucket/in, false",
    "in/loc, gs://bucket/in, false",
  })
  void isWithin_location_isDecidedByItsResolvedName(
      String location, String directory, boolean expected) {
    assertThat(new Location(location).isWithin(new Location(directory))).isEqualTo(expected);
  }

  @Test
  void localPath_localLocation_isThePath() {
    assertThat(new Location("/data/file").localPath()).isEqualTo(Path.of("/data/file"));
    assertThat(Location.of(Path.of("data", "file"))).isEqualTo(new Location("data/file"));
  }

  @Test
  void localPath_cloudLocation_isUsageFailure() {
    assertThatFailure(() -> new Location("gs://bucket/key").localPath())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage("'gs://bucket/key' must be a local path here");
  }

  @Test
  void localPath_nameThatNoFileCanHave_isUsageFailure() {
    assertThatFailure(() -> new Location("a\0b").localPath())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(
            "'a\0b' is not a valid path here: Nul character not allowed; check that "
                + "LC_ALL is a UTF-8 locale");
  }

  @Test
  void json_location_isItsText() {
    Location location = new Location("gs://bucket/key");

    assertThat(Json.line(location)).isEqualTo("\"gs://bucket/key\"");
    assertThat(Json.read("\"data/\"".getBytes(StandardCharsets.UTF_8), Location.class, "settings"))
        .isEqualTo(new Location("data"));
  }
}
