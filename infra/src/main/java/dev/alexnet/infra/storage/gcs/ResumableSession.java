package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Optional;

/**
 * An upload in pieces, of which the service keeps what arrived. Each method sends one request,
 * once.
 */
final class ResumableSession {
  static final int RESUME = 308;
  private static final String RANGE_PREFIX = "bytes=0-";

  private final Storage api;
  private final GenericUrl address;

  private ResumableSession(Storage api, String address) {
    this.api = api;
    this.address = new GenericUrl(address);
  }

  /**
   * What the service has.
   *
   * @param stored how many bytes
   * @param object once all bytes are there
   */
  record Progress(long stored, Optional<StorageObject> object) {}

  /** The service has forgotten the upload, which must start again. */
  static final class LostException extends IOException {
    private static final long serialVersionUID = 1L;

    LostException(IOException cause) {
      super("the service has forgotten the upload (" + ErrorText.of(cause) + ")", cause);
    }
  }

  static ResumableSession start(
      Storage api, String root, Location location, StorageObject described, long precondition)
      throws IOException {
    GenericUrl url = new GenericUrl(root + "upload/storage/v1/b/" + location.bucket() + "/o");
    url.put("uploadType", "resumable");
    url.put("name", location.key());
    url.put("ifGenerationMatch", precondition);
    JsonHttpContent resource = new JsonHttpContent(api.getJsonFactory(), described);
    HttpRequest request = api.getRequestFactory().buildPostRequest(url, resource);
    HttpResponse response = executed(api, request);
    try {
      String address = response.getHeaders().getLocation();
      if (address == null) {
        throw new ProtocolException("The response that starts an upload has no Location");
      }
      return new ResumableSession(api, address);
    } finally {
      response.disconnect();
    }
  }

  /**
   * Sends bytes, the last of which complete the object.
   *
   * @param from how many bytes the service has
   * @param to after the last byte to send; equal to {@code from} only to complete the object
   */
  Progress send(ObjectContent content, long from, long to) throws IOException {
    boolean last = to == content.size();
    String range = from == to ? "*" : from + "-" + (to - 1);
    return put(
        from == to ? new EmptyContent() : new ContentSection(content, from, to - from),
        "bytes " + range + "/" + (last ? content.size() : "*"));
  }

  /** Asks what the service has. */
  Progress ask() throws IOException {
    return put(new EmptyContent(), "bytes */*");
  }

  private Progress put(HttpContent content, String range) throws IOException {
    HttpRequest request = api.getRequestFactory().buildPutRequest(address, content);
    request.getHeaders().setContentRange(range);
    HttpResponse response = executed(api, request);
    try {
      if (response.getStatusCode() != RESUME) {
        StorageObject object = response.parseAs(StorageObject.class);
        return new Progress(object.getSize().longValueExact(), Optional.of(object));
      }
      String stored = response.getHeaders().getRange();
      return new Progress(stored == null ? 0 : storedBytes(stored), Optional.empty());
    } finally {
      response.disconnect();
    }
  }

  private static long storedBytes(String range) throws ProtocolException {
    if (!range.startsWith(RANGE_PREFIX)) {
      throw new ProtocolException("The response to a part of an upload has the range " + range);
    }
    return Long.parseLong(range.substring(RANGE_PREFIX.length())) + 1;
  }

  private static HttpResponse executed(Storage api, HttpRequest request) throws IOException {
    request.setParser(new JsonObjectParser(api.getJsonFactory()));
    // The service's "resume incomplete" is HTTP's "permanent redirect".
    request.setFollowRedirects(false);
    request.setThrowExceptionOnExecuteError(false);
    return request.execute();
  }
}
