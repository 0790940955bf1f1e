package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageRequest;
import com.google.api.services.storage.model.ComposeRequest;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.RewriteResponse;
import com.google.api.services.storage.model.StorageObject;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * The requests of Cloud Storage's JSON API that a store needs. Each method sends one request, once.
 *
 * <p>Google's storage client is not used for them: it drops the headers of a response with content,
 * which have the checksum and the generation of what was sent; it does not say how often it tried;
 * and it sends a small object by two requests.
 */
final class GcsService {
  static final int PAGE = 1000;

  private static final String FIELDS = "name,size,crc32c,generation";

  private final Storage api;
  private final String root;

  /**
   * @param root address of the service, which ends in {@code /}
   */
  GcsService(String root, GcsAccount account, GcsRetries retries) {
    this.root = root;
    HttpRequestInitializer initializer =
        request -> {
          request.setConnectTimeout((int) retries.connectTimeout().toMillis());
          request.setReadTimeout((int) retries.readTimeout().toMillis());
          request.setWriteTimeout((int) retries.writeTimeout().toMillis());
          account.initialize(request);
          request.setResponseInterceptor(GcsService::throwIfRefused);
        };
    this.api =
        new Storage.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), initializer)
            .setRootUrl(root)
            .setServicePath("storage/v1/")
            .setApplicationName("alexnet")
            .build();
  }

  private static void throwIfRefused(HttpResponse response) throws IOException {
    if (!response.isSuccessStatusCode() && response.getStatusCode() != ResumableSession.RESUME) {
      throw ErrorText.exception(GsonFactory.getDefaultInstance(), response);
    }
  }

  ResumableSession startSession(Location location, StorageObject described, long precondition)
      throws IOException {
    return ResumableSession.start(api, root, location, described, precondition);
  }

  ObjectEntry metadata(Location location) throws IOException {
    return entry(location.name(), resource(location));
  }

  /** With what its writer said of it besides. */
  StorageObject resource(Location location) throws IOException {
    return api.objects()
        .get(location.bucket(), location.key())
        .setFields(FIELDS + ",metadata")
        .execute();
  }

  static ObjectEntry entry(String name, StorageObject resource) {
    return new ObjectEntry(
        name,
        resource.getSize().longValueExact(),
        GcsChecksum.parse(resource.getCrc32c()),
        resource.getGeneration());
  }

  /**
   * @param generation empty for the newest
   * @param from the first byte
   * @param to after the last byte; beyond the end for all
   */
  GcsMedia media(Location location, OptionalLong generation, long from, long to)
      throws IOException {
    Storage.Objects.Get get = api.objects().get(location.bucket(), location.key());
    if (generation.isPresent()) {
      get.setGeneration(generation.getAsLong());
    }
    // What is stored compressed is read as it is stored: its checksum is of that.
    get.setReturnRawInputStream(true);
    if (from > 0 || to < Long.MAX_VALUE) {
      HttpHeaders headers = get.getRequestHeaders();
      headers.setRange("bytes=" + from + "-" + (to < Long.MAX_VALUE ? to - 1 : ""));
    }
    return new GcsMedia(get.executeMedia(), from);
  }

  /**
   * A page of the objects whose names start with a prefix.
   *
   * @param oneLevel whether names with another {@code /} are told by their common prefix only
   * @param page token of the page; null for the first
   */
  Objects list(String bucket, String prefix, boolean oneLevel, int most, String page)
      throws IOException {
    return api.objects()
        .list(bucket)
        .setPrefix(prefix)
        .setDelimiter(oneLevel ? "/" : null)
        .setMaxResults((long) most)
        .setPageToken(page)
        .setFields("items(" + FIELDS + "),prefixes,nextPageToken")
        .execute();
  }

  /**
   * Creates an object in one request.
   *
   * @param described its checksum, which the service compares, and metadata
   * @param precondition generation of the object that is replaced; 0 if there is none
   */
  StorageObject insert(
      Location location, StorageObject described, ContentSection content, long precondition)
      throws IOException {
    Storage.Objects.Insert insert =
        api.objects()
            .insert(location.bucket(), described, content)
            .setIfGenerationMatch(precondition)
            .setFields(FIELDS);
    insert.getMediaHttpUploader().setDirectUploadEnabled(true);
    return uncompressed(insert).execute();
  }

  /** Concatenates objects of the bucket into one. */
  StorageObject compose(
      Location location,
      StorageObject described,
      List<ComposeRequest.SourceObjects> sources,
      long precondition)
      throws IOException {
    ComposeRequest request =
        new ComposeRequest().setDestination(described).setSourceObjects(sources);
    return uncompressed(
            api.objects()
                .compose(location.bucket(), location.key(), request)
                .setIfGenerationMatch(precondition)
                .setFields(FIELDS))
        .execute();
  }

  /**
   * Copies a generation of an object within the bucket, in as many requests as the service wants.
   */
  StorageObject copy(
      Location source, long generation, Location target, StorageObject described, long precondition)
      throws IOException {
    String token = null;
    while (true) {
      RewriteResponse response =
          uncompressed(
                  api.objects()
                      .rewrite(
                          source.bucket(), source.key(), target.bucket(), target.key(), described)
                      .setSourceGeneration(generation)
                      .setIfGenerationMatch(precondition)
                      .setRewriteToken(token)
                      .setFields("done,rewriteToken,resource(" + FIELDS + ")"))
              .execute();
      if (Boolean.TRUE.equals(response.getDone())) {
        return response.getResource();
      }
      token = response.getRewriteToken();
    }
  }

  Void delete(Location location, long generation) throws IOException {
    return api.objects()
        .delete(location.bucket(), location.key())
        .setIfGenerationMatch(generation)
        .execute();
  }

  /** Pictures and weights do not get smaller. */
  private static <T> StorageRequest<T> uncompressed(StorageRequest<T> request) {
    request.setDisableGZipContent(true);
    return request;
  }
}
