package dev.alexnet.infra.testing.gcs;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body of type {@code multipart/related}: first the metadata as JSON, then the content. */
final class MultipartUpload {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  private MultipartUpload() {}

  /** Appends the content to the draft and returns the metadata. */
  static ObjectFields read(ApiRequest request, Draft draft) throws IOException {
    Matcher boundary = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
    if (!boundary.find()) {
      throw new Refusal(400, "Missing multipart boundary");
    }
    byte[] separator = ("\r\n--" + boundary.group(1)).getBytes(StandardCharsets.UTF_8);
    InputStream body = new BufferedInputStream(request.body());
    // The first separator has no line end before it.
    body.readNBytes(separator.length - 2);
    skipHeaders(body);
    byte[] metadata = until(body, separator);
    skipHeaders(body);
    byte[] content = until(body, separator);
    draft.append(request.damage().to(new ByteArrayInputStream(content)), Long.MAX_VALUE);
    body.transferTo(OutputStream.nullOutputStream());
    return ObjectFields.ofJson(metadata);
  }

  private static void skipHeaders(InputStream body) throws IOException {
    until(body, "\r\n\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] until(InputStream body, byte[] end) throws IOException {
    Bytes bytes = new Bytes();
    while (!bytes.endsWith(end)) {
      int next = body.read();
      if (next < 0) {
        throw new EOFException("The multipart body has no end");
      }
      bytes.write(next);
    }
    return Arrays.copyOf(bytes.toByteArray(), bytes.size() - end.length);
  }

  private static final class Bytes extends ByteArrayOutputStream {
    boolean endsWith(byte[] end) {
      return count >= end.length
          && Arrays.equals(buf, count - end.length, count, end, 0, end.length);
    }
  }
}
