package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpStatusCodes;
import dev.alexnet.infra.storage.ObjectEntry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.OptionalLong;

/** A response with bytes of an object; its headers describe the object. */
final class GcsMedia implements Closeable {
  private static final int PARTIAL_CONTENT = 206;

  private final HttpResponse response;
  private final InputStream content;
  private boolean ended;

  /**
   * @param from the first byte that was asked for
   */
  GcsMedia(HttpResponse response, long from) throws IOException {
    this.response = response;
    try {
      requireRange(from);
      this.content = response.getContent();
    } catch (IOException e) {
      response.disconnect();
      throw e;
    }
  }

  private void requireRange(long from) throws IOException {
    String range = response.getHeaders().getContentRange();
    boolean whole = response.getStatusCode() == HttpStatusCodes.STATUS_CODE_OK;
    boolean part =
        response.getStatusCode() == PARTIAL_CONTENT
            && range != null
            && range.startsWith("bytes " + from + "-");
    if (!part && !(whole && from == 0)) {
      throw new ProtocolException("The response to bytes from " + from + " has the range " + range);
    }
  }

  /** What the headers say of the object, all of whose bytes need not be here. */
  ObjectEntry object(String name) throws IOException {
    HttpHeaders headers = response.getHeaders();
    String generation = headers.getFirstHeaderStringValue("x-goog-generation");
    String size = headers.getFirstHeaderStringValue("x-goog-stored-content-length");
    OptionalLong crc32c = GcsChecksum.parseHeaders(headers.getHeaderStringValues("x-goog-hash"));
    if (generation == null || size == null || crc32c.isEmpty()) {
      throw new ProtocolException(
          "The response lacks x-goog-generation, x-goog-stored-content-length or x-goog-hash");
    }
    return new ObjectEntry(name, Long.parseLong(size), crc32c, Long.parseLong(generation));
  }

  int read(byte[] target, int offset, int length) throws IOException {
    int count = content == null ? -1 : content.read(target, offset, length);
    ended |= count < 0;
    return count;
  }

  /** Keeps the connection for the next request if all was read. */
  @Override
  public void close() throws IOException {
    if (ended) {
      content.close();
    } else {
      response.disconnect();
    }
  }
}
