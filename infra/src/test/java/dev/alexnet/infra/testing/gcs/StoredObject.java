package dev.alexnet.infra.testing.gcs;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One generation of an object.
 *
 * @param checksum CRC-32C as the service writes it
 * @param components how many objects it was composed of; 0 if it was uploaded
 * @param custom what the client wanted to be kept with it
 */
record StoredObject(
    String bucket,
    String name,
    long generation,
    Content content,
    String checksum,
    int components,
    Map<String, String> custom,
    Instant created) {

  /** The same generation with other bytes, as if they had rotted. */
  StoredObject with(Content rotten) {
    return new StoredObject(
        bucket, name, generation, rotten, checksum, components, custom, created);
  }

  /** The resource as the JSON API shows it. MD5 is left out. */
  Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("kind", "storage#object");
    metadata.put("id", bucket + "/" + name + "/" + generation);
    metadata.put("name", name);
    metadata.put("bucket", bucket);
    metadata.put("generation", String.valueOf(generation));
    metadata.put("metageneration", "1");
    metadata.put("contentType", "application/octet-stream");
    metadata.put("storageClass", "STANDARD");
    metadata.put("size", String.valueOf(content.size()));
    metadata.put("crc32c", checksum);
    metadata.put("etag", etag());
    if (components > 0) {
      metadata.put("componentCount", components);
    }
    if (!custom.isEmpty()) {
      metadata.put("metadata", custom);
    }
    metadata.put("timeCreated", created.toString());
    metadata.put("updated", created.toString());
    return metadata;
  }

  String etag() {
    return "g" + generation;
  }
}
