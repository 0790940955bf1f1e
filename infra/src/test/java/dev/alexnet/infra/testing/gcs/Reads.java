package dev.alexnet.infra.testing.gcs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metadata and contents of objects. */
final class Reads {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

  private final Buckets buckets;

  Reads(Buckets buckets) {
    this.buckets = buckets;
  }

  Answer bucket(ApiRequest request) {
    buckets.requireBucket(request.bucket());
    return Answer.json(
        Map.of("kind", "storage#bucket", "id", request.bucket(), "name", request.bucket()));
  }

  Answer metadata(ApiRequest request) {
    return Answer.json(FieldMask.filter(objectOf(request).metadata(), request));
  }

  Answer media(ApiRequest request) {
    StoredObject object = objectOf(request);
    long size = object.content().size();
    Map<String, String> headers = headersOf(object);
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    if (!range.matches() || range.group().equals("bytes=-")) {
      return Answer.media(200, headers, Body.of(object.content(), 0, size));
    }
    boolean fromEnd = range.group(1).isEmpty();
    long first =
        fromEnd
            ? Math.max(0, size - Long.parseLong(range.group(2)))
            : Long.parseLong(range.group(1));
    long last =
        fromEnd || range.group(2).isEmpty()
            ? size - 1
            : Math.min(size - 1, Long.parseLong(range.group(2)));
    if (first > last) {
      return new Answer(
          416,
          Map.of("Content-Range", "bytes */" + size),
          Answer.error(416, "").json(),
          Answer.error(416, "The requested range cannot be satisfied.").body());
    }
    headers.put("Content-Range", "bytes " + first + "-" + last + "/" + size);
    return Answer.media(206, headers, Body.of(object.content(), first, last - first + 1));
  }

  private StoredObject objectOf(ApiRequest request) {
    StoredObject object =
        buckets.get(request.bucket(), request.name(), request.number("generation"));
    Preconditions.of(request).requireForRead(object.generation());
    return object;
  }

  /** Also of a range, the checksum is the whole object's. */
  private static Map<String, String> headersOf(StoredObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", object.etag());
    headers.put("x-goog-generation", String.valueOf(object.generation()));
    headers.put("x-goog-metageneration", "1");
    headers.put("x-goog-hash", "crc32c=" + object.checksum());
    headers.put("x-goog-stored-content-encoding", "identity");
    headers.put("x-goog-stored-content-length", String.valueOf(object.content().size()));
    headers.put("x-goog-storage-class", "STANDARD");
    return headers;
  }
}
