package dev.alexnet.ops.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a Flink cluster tells about itself by HTTP. */
final class FlinkRest {
  private static final Pattern ADDRESS = Pattern.compile("(?:https?://)?[^/:\\s]+:\\d{1,5}");

  /** What Java's client says of a server that closes the connection. */
  private static final String NO_HTTP = "header parser received no bytes";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI address;
  private final HttpClient client;

  private FlinkRest(URI address) {
    this.address = address;
    this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  /**
   * @param master {@code HOST:PORT} of the cluster's web address
   * @throws Failure of kind USAGE if it is something else, which Beam would take for this process
   */
  static FlinkRest at(String master) {
    if (!ADDRESS.matcher(master).matches()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--flinkMaster=%s is neither HOST:PORT, the address of the cluster's web page (usually port 8081), nor [local]"
              .formatted(master));
    }
    return new FlinkRest(URI.create(master.startsWith("http") ? master : "http://" + master));
  }

  /** The version of Flink. */
  String version() {
    return get("/config").path("flink-version").asText();
  }

  /** The number of shards that can be processed at once. */
  int slots() {
    return get("/overview").path("slots-total").asInt();
  }

  /** The class path of the job manager. */
  List<String> classPath() {
    List<String> entries = new ArrayList<>();
    get("/jobmanager/environment").path("classpath").forEach(entry -> entries.add(entry.asText()));
    return entries;
  }

  /** The jobs that have not ended. */
  List<FlinkJob> activeJobs() {
    List<FlinkJob> active = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("end-time").asLong() < 0) {
        JsonNode tasks = job.path("tasks");
        active.add(
            new FlinkJob(
                job.path("jid").asText(),
                job.path("name").asText(),
                tasks.path("scheduled").asInt(),
                tasks.path("total").asInt()
                    - tasks.path("scheduled").asInt()
                    - tasks.path("finished").asInt()));
      }
    }
    return active;
  }

  /** The number of slots that a job needs at once. */
  int parallelism(String jobId) {
    int most = 0;
    for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
      most = Math.max(most, vertex.path("parallelism").asInt());
    }
    return most;
  }

  /**
   * A job that has not ended.
   *
   * @param scheduled the number of tasks that wait for slots
   * @param begun the number of tasks that neither wait nor are finished
   */
  record FlinkJob(String id, String name, int scheduled, int begun) {}

  private JsonNode get(String path) {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE).build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw silent("it answers " + path + " with " + response.statusCode(), null);
      }
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw silent(inWords(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.Kind.INTERRUPTED, "interrupted while asking " + address, e);
    }
  }

  private static String inWords(IOException thrown) {
    if (thrown instanceof ConnectException) {
      // It has no message, but a cause that has a cause.
      return thrown.getCause() != null
              && thrown.getCause().getCause() instanceof UnresolvedAddressException
          ? "its host is unknown"
          : "it cannot be connected to";
    }
    if (thrown instanceof ProtocolException
        || String.valueOf(thrown.getMessage()).contains(NO_HTTP)) {
      return "what answers there is not Flink's web page, whose port is usually 8081; 6123 is that of its other protocol";
    }
    return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
  }

  private Failure silent(String reason, Exception cause) {
    return new Failure(
        Failure.Kind.REMOTE,
        "No Flink cluster answers at %s: %s; check --flinkMaster, and whether the cluster runs"
            .formatted(address, reason),
        cause);
  }

  @Override
  public String toString() {
    return address.getAuthority();
  }
}
