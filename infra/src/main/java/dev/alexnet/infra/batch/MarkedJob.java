package dev.alexnet.infra.batch;

import com.google.cloud.batch.v1.Job;
import com.google.protobuf.CodedOutputStream;
import dev.alexnet.infra.hash.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A job that bears the hash of its specification as a label. The service completes a job with
 * defaults of its own, so that a stored one cannot be compared with what was asked for.
 *
 * @param job with the label
 * @param hash what the label says
 */
record MarkedJob(Job job, String hash) {
  static final String LABEL = "specification";

  // The value of a label has at most 63 characters.
  private static final int LENGTH = 32;

  static MarkedJob of(Job specification) {
    String hash = Sha256.of(bytes(specification)).substring(0, LENGTH);
    return new MarkedJob(specification.toBuilder().putLabels(LABEL, hash).build(), hash);
  }

  boolean isMarkOf(Job other) {
    return hash.equals(other.getLabelsMap().get(LABEL));
  }

  /** The same for the same job, so that the service stores it once. */
  String requestId(String parent, String id) {
    String name = String.join("\n", parent, id, hash);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Labels are a map, which has an order only where one is asked for. */
  private static byte[] bytes(Job job) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      job.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
