package dev.alexnet.ops.doctor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Google's APIs for one healthy environment, on a local server. Answers have the shapes of the real
 * ones, with fields that nobody reads. A request that is not known is answered with 501.
 */
final class FakeGoogle implements AutoCloseable {
  static final String PROJECT = "my-project";
  static final String LAUNCHER = "alexnet-dev-launcher@my-project.iam.gserviceaccount.com";
  static final String JOB = "alexnet-dev-job@my-project.iam.gserviceaccount.com";
  static final String DATAFLOW = "alexnet-dev-dataflow@my-project.iam.gserviceaccount.com";
  static final String REPOSITORY = "us-central1-docker.pkg.dev/my-project/alexnet-dev";
  static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  static final String CONTRACT =
      """
      {
        "schema": 1,
        "environment": "dev",
        "project": "my-project",
        "region": "us-central1",
        "network": "projects/my-project/global/networks/alexnet-dev",
        "subnetwork": "projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
        "buckets": {"archives": "my-archives", "runs": "my-runs", "temp": "my-temp"},
        "service_accounts": {"job": "%s", "dataflow": "%s", "launcher": "%s"},
        "image_repository": "%s",
        "failed_jobs_topic": "projects/my-project/topics/alexnet-dev-failed-jobs",
        "labels": {"application": "alexnet", "environment": "dev"},
        "profile": "l4",
        "profiles": {
          "l4": {
            "machine_type": "g2-standard-24",
            "accelerator": "nvidia-l4",
            "accelerators": 2,
            "quota": {"standard": "NVIDIA_L4_GPUS", "spot": "PREEMPTIBLE_NVIDIA_L4_GPUS"},
            "hourly_price": {"standard": 2, "spot": 0.8},
            "zones": ["us-central1-a", "us-central1-b"]
          }
        }
      }
      """
          .formatted(JOB, DATAFLOW, LAUNCHER, REPOSITORY);

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new LinkedHashMap<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private String silent = "";
  private String stalled = "";

  FakeGoogle() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
    answerAsHealthy();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** Method, address and body of each request, in their order. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  void forgetRequests() {
    requests.clear();
  }

  /** Keys of the requests that are known, in the order in which a healthy environment is read. */
  List<String> known() {
    return List.copyOf(answers.keySet());
  }

  /**
   * @param request method and the start of the address, as in {@link #known()}
   */
  FakeGoogle answer(String request, int status, String body) {
    answers.put(key(request), new Answer(status, body));
    return this;
  }

  /** Changes a healthy answer. */
  FakeGoogle replace(String request, String found, String replacement) {
    String body = answers.get(key(request)).body();
    if (!body.contains(found)) {
      throw new IllegalArgumentException(body + " does not contain " + found);
    }
    return answer(request, 200, body.replace(found, replacement));
  }

  /** Lets a request wait until the server is closed. */
  FakeGoogle silence(String request) {
    silent = key(request);
    return this;
  }

  /** Sends the head of an answer, and its body never. */
  FakeGoogle stall(String request) {
    stalled = key(request);
    return this;
  }

  private String key(String start) {
    if (answers.containsKey(start)) {
      return start;
    }
    return answers.keySet().stream()
        .filter(key -> key.startsWith(start))
        .reduce(
            (one, other) -> {
              throw new IllegalArgumentException(start + " is " + one + " and " + other);
            })
        .orElseThrow(() -> new IllegalArgumentException(start + " is not known"));
  }

  static String error(int code, String status, String message) {
    return "{\"error\": {\"code\": %d, \"message\": \"%s\", \"status\": \"%s\"}}"
        .formatted(code, message, status);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      requests.add(body.isEmpty() ? request : request + " " + body);
      if (request.equals(silent)) {
        await();
        return;
      }
      Answer answer =
          answers.getOrDefault(request, new Answer(501, error(501, "UNIMPLEMENTED", request)));
      if (!request.contains("/tokeninfo")
          && !exchange.getRequestHeaders().containsKey("Authorization")) {
        answer = new Answer(401, error(401, "UNAUTHENTICATED", "no token"));
      }
      // Otherwise every answer waits for the acknowledgement of its head.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      OutputStream stream = exchange.getResponseBody();
      if (request.equals(stalled)) {
        stream.flush();
        await();
        return;
      }
      stream.write(bytes);
    }
  }

  private void await() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void put(String request, String body) {
    answers.put(request, new Answer(200, body));
  }

  private void answerAsHealthy() {
    put(
        "POST /oauth2.googleapis.com/tokeninfo",
        "{\"azp\": \"1\", \"scope\": \"openid\", \"expires_in\": \"3599\", \"email\": \"%s\"}"
            .formatted(LAUNCHER));
    StringBuilder names = new StringBuilder();
    StringBuilder services = new StringBuilder();
    for (String service : ServicesCheck.SERVICES) {
      names
          .append(names.isEmpty() ? '?' : '&')
          .append("names=projects%2Fmy-project%2Fservices%2F")
          .append(service);
      services
          .append(services.isEmpty() ? "" : ", ")
          .append(
              "{\"name\": \"projects/123/services/%s\", \"config\": {\"name\": \"%s\"}, \"state\": \"ENABLED\", \"parent\": \"projects/123\"}"
                  .formatted(service, service));
    }
    put(
        "GET /serviceusage.googleapis.com/v1/projects/my-project/services:batchGet" + names,
        "{\"services\": [" + services + "]}");
    put(
        "POST /cloudresourcemanager.googleapis.com/v3/projects/my-project:testIamPermissions",
        """
        {"permissions": ["batch.jobs.create", "batch.jobs.delete", "batch.jobs.get",
         "compute.regions.get", "dataflow.jobs.cancel", "dataflow.jobs.create",
         "dataflow.jobs.get", "logging.logEntries.list", "monitoring.timeSeries.list",
         "serviceusage.services.use"]}""");
    for (String account : List.of(JOB, DATAFLOW)) {
      put(
          "POST /iam.googleapis.com/v1/projects/-/serviceAccounts/"
              + account.replace("@", "%40")
              + ":testIamPermissions",
          "{\"permissions\": [\"iam.serviceAccounts.actAs\"]}");
    }
    put(
        "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1"
            + "?fields=quotas,quotaStatusWarning",
        """
        {"quotas": [{"metric": "CPUS", "limit": 24.0, "usage": 0.0},
         {"metric": "NVIDIA_L4_GPUS", "limit": 2.0, "usage": 0.0},
         {"metric": "PREEMPTIBLE_NVIDIA_L4_GPUS", "limit": 4.0, "usage": 0.0}]}""");
    put(
        "GET /compute.googleapis.com/compute/v1/projects/my-project?fields=quotas",
        "{\"quotas\": [{\"metric\": \"GPUS_ALL_REGIONS\", \"limit\": 2.0, \"usage\": 0.0}]}");
    put(
        "GET /compute.googleapis.com/compute/v1/projects/my-project/aggregated/acceleratorTypes"
            + "?filter=name%20%3D%20%22nvidia-l4%22",
        """
        {"kind": "compute#acceleratorTypeAggregatedList", "items": {
         "zones/us-central1-a": {"acceleratorTypes": [{"name": "nvidia-l4"}]},
         "zones/us-central1-b": {"acceleratorTypes": [{"name": "nvidia-l4"}]},
         "zones/us-central1-f": {"warning": {"code": "NO_RESULTS_ON_PAGE"}}}}""");
    put(
        "GET /compute.googleapis.com/compute/v1/projects/my-project/regions/us-central1/subnetworks/alexnet-dev",
        """
        {"kind": "compute#subnetwork", "name": "alexnet-dev", "privateIpGoogleAccess": true,
         "network": "https://www.googleapis.com/compute/v1/projects/my-project/global/networks/alexnet-dev"}""");
    bucket("my-archives", "storage.objects.get", "storage.objects.list");
    for (String bucket : List.of("my-runs", "my-temp")) {
      bucket(
          bucket,
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.list");
    }
    String repository =
        "GET /artifactregistry.googleapis.com/v1/projects/my-project/locations/us-central1/repositories/alexnet-dev";
    put(
        repository,
        """
        {"name": "projects/my-project/locations/us-central1/repositories/alexnet-dev",
         "format": "DOCKER", "dockerConfig": {"immutableTags": true}}""");
    put(
        repository + "/dockerImages/alexnet%2Fjob" + DIGEST.replace("@", "%40").replace(":", "%3A"),
        """
        {"name": "projects/my-project/locations/us-central1/repositories/alexnet-dev/dockerImages/job",
         "uri": "somewhere", "imageSizeBytes": "1", "mediaType": "m"}""");
  }

  private void bucket(String name, String... permissions) {
    String path = "GET /storage.googleapis.com/storage/v1/b/" + name;
    put(
        path + "?fields=location,labels,iamConfiguration",
        """
        {"location": "US-CENTRAL1", "labels": {"application": "alexnet", "environment": "dev"},
         "iamConfiguration": {"bucketPolicyOnly": {"enabled": true},
         "uniformBucketLevelAccess": {"enabled": true, "lockedTime": "2027-01-01T00:00:00Z"},
         "publicAccessPrevention": "enforced"}}""");
    put(
        path + "/iam/testPermissions?permissions=" + String.join("&permissions=", permissions),
        "{\"kind\": \"storage#testIamPermissionsResponse\", \"permissions\": [\"%s\"]}"
            .formatted(String.join("\", \"", permissions)));
  }
}
