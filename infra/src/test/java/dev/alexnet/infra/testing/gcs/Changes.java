package dev.alexnet.infra.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Uploads in one request, concatenations, copies and deletions. */
final class Changes {
  private static final int MOST_COMPONENTS = 32;

  /** A longer object takes a second request, so that clients go on; the service copies more. */
  private static final long COPIED_AT_ONCE = 1 << 20;

  private static final String REST = "rest";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Buckets buckets;
  private final Supplier<Draft> drafts;

  Changes(Buckets buckets, Supplier<Draft> drafts) {
    this.buckets = buckets;
    this.drafts = drafts;
  }

  /** {@code uploadType=media} or {@code uploadType=multipart}. */
  Answer upload(ApiRequest request) throws IOException {
    buckets.requireBucket(request.bucket());
    Draft draft = drafts.get();
    try {
      ObjectFields fields = ObjectFields.ofQuery(request);
      switch (request.query().getOrDefault("uploadType", "")) {
        case "media" -> draft.append(request.damage().to(request.body()), Long.MAX_VALUE);
        case "multipart" -> fields = MultipartUpload.read(request, draft).or(fields);
        default -> throw new Refusal(400, "Unknown uploadType");
      }
      fields.requireName();
      fields.or(ObjectFields.ofHeaders(request)).requireChecksum(draft);
      return Answer.json(
          FieldMask.filter(
              buckets
                  .put(
                      request.bucket(),
                      fields.name(),
                      draft,
                      0,
                      fields.custom(),
                      Preconditions.of(request))
                  .metadata(),
              request));
    } catch (IOException | RuntimeException e) {
      draft.discard();
      throw e;
    }
  }

  /** The sources' preconditions are checked when they are read, the target's at the end. */
  Answer compose(ApiRequest request) throws IOException {
    JsonNode json = JSON.readTree(request.body().readAllBytes());
    JsonNode sources = json.path("sourceObjects");
    if (sources.isEmpty() || sources.size() > MOST_COMPONENTS) {
      throw new Refusal(
          400, "The number of source components provided must be between 1 and 32, inclusive.");
    }
    List<StoredObject> parts = new ArrayList<>();
    for (JsonNode source : sources) {
      parts.add(partOf(request.bucket(), source));
    }
    int components = parts.stream().mapToInt(part -> Math.max(1, part.components())).sum();
    Draft draft = drafts.get();
    try {
      for (StoredObject part : parts) {
        try (InputStream content = part.content().open(0)) {
          draft.append(content, Long.MAX_VALUE);
        }
      }
      StoredObject composed =
          buckets.put(
              request.bucket(),
              request.name(),
              draft,
              components,
              ObjectFields.ofJson(JSON.writeValueAsBytes(json.path("destination"))).custom(),
              Preconditions.of(request));
      return Answer.json(FieldMask.filter(composed.metadata(), request));
    } catch (IOException | RuntimeException e) {
      draft.discard();
      throw e;
    }
  }

  /** Within a bucket. What is not described anew is copied, too. */
  Answer copy(ApiRequest request) throws IOException {
    StoredObject source =
        buckets.get(request.bucket(), request.name(), request.number("sourceGeneration"));
    ObjectFields fields = ObjectFields.ofJson(request.body().readAllBytes());
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("kind", "storage#rewriteResponse");
    response.put("objectSize", String.valueOf(source.content().size()));
    if (source.content().size() > COPIED_AT_ONCE
        && !REST.equals(request.query().get("rewriteToken"))) {
      response.put("totalBytesRewritten", String.valueOf(COPIED_AT_ONCE));
      response.put("done", false);
      response.put("rewriteToken", REST);
      return Answer.json(FieldMask.filter(response, request));
    }
    response.put("totalBytesRewritten", String.valueOf(source.content().size()));
    response.put("done", true);
    response.put("resource", copied(source, fields, request).metadata());
    return Answer.json(FieldMask.filter(response, request));
  }

  private StoredObject copied(StoredObject source, ObjectFields fields, ApiRequest request)
      throws IOException {
    Draft draft = drafts.get();
    try (InputStream content = source.content().open(0)) {
      draft.append(content, Long.MAX_VALUE);
      return buckets.put(
          source.bucket(),
          request.target(),
          draft,
          source.components(),
          fields.custom().isEmpty() ? source.custom() : fields.custom(),
          Preconditions.of(request));
    } catch (IOException | RuntimeException e) {
      draft.discard();
      throw e;
    }
  }

  private StoredObject partOf(String bucket, JsonNode source) {
    StoredObject part =
        buckets.get(bucket, source.path("name").asText(), numberIn(source, "generation"));
    Optional<Long> match = numberIn(source.path("objectPreconditions"), "ifGenerationMatch");
    new Preconditions(match, Optional.empty()).requireForChange(part.generation());
    return part;
  }

  private static Optional<Long> numberIn(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.get(field).asLong()) : Optional.empty();
  }

  Answer delete(ApiRequest request) {
    buckets.delete(
        request.bucket(), request.name(), request.number("generation"), Preconditions.of(request));
    return Answer.empty(204, Map.of());
  }
}
