package dev.alexnet.tests.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.tests.cluster.ClusterProcess;
import dev.alexnet.tests.cluster.FreePorts;
import dev.alexnet.tests.cluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A master and two workers with one core each, in processes of their own. Their installation of
 * Spark is empty, so executors have only what the client tells them.
 */
final class SparkStandaloneCluster implements TestCluster {
  private static final String HOST = "127.0.0.1";
  private static final List<String> PACKAGES =
      List.of("sun.nio.ch", "java.nio", "java.lang", "java.lang.invoke", "java.util");

  /** Of the driver, as a user gives them in {@code ALEXNET_JAVA_OPTIONS}. */
  private static final Map<String, String> DRIVER =
      Map.of(
          "spark.executor.memory",
          "600m",
          "spark.driver.host",
          HOST,
          "spark.driver.bindAddress",
          HOST,
          "spark.ui.enabled",
          "false");

  private final Path directory;
  private final int port;
  private final int pagePort;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ClusterProcess> workers = new ArrayList<>();
  private ClusterProcess master;
  private int started;

  private SparkStandaloneCluster(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.port = FreePorts.next();
    this.pagePort = FreePorts.next();
  }

  static SparkStandaloneCluster start(Path directory) throws Exception {
    SparkStandaloneCluster cluster = new SparkStandaloneCluster(directory);
    Files.createDirectories(directory.resolve("home/jars"));
    // For the driver in this process.
    DRIVER.forEach(System::setProperty);
    cluster.master =
        cluster.process(
            "master",
            "org.apache.spark.deploy.master.Master",
            "--port",
            String.valueOf(cluster.port),
            "--webui-port",
            String.valueOf(cluster.pagePort));
    cluster.launchWorker();
    cluster.launchWorker();
    cluster.awaitWorkers(2);
    return cluster;
  }

  private ClusterProcess process(String name, String main, String... arguments) throws IOException {
    return ClusterProcess.start(
        directory.resolve(name + ".log"),
        List.of("-Xmx256m"),
        Stream.concat(Stream.of(main, "--host", HOST), Stream.of(arguments)).toList(),
        Map.of(
            "SPARK_HOME",
            directory.resolve("home").toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "SPARK_LOCAL_IP",
            HOST));
  }

  private void launchWorker() throws IOException {
    workers.add(
        process(
            "worker" + started++,
            "org.apache.spark.deploy.worker.Worker",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--webui-port",
            "0",
            "--work-dir",
            directory.resolve("work").toString(),
            "spark://" + HOST + ":" + port));
  }

  private void awaitWorkers(int count) throws Exception {
    master.await(
        count + " workers",
        () -> {
          try {
            return state().path("aliveworkers").asInt(-1) == count;
          } catch (IOException e) {
            // It is starting.
            return false;
          }
        });
  }

  private JsonNode state() throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + pagePort + "/json/")).build();
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> options() {
    return List.of("--runner=SparkRunner", "--sparkMaster=spark://" + HOST + ":" + port);
  }

  @Override
  public List<String> javaOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    PACKAGES.forEach(each -> options.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    DRIVER.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  @Override
  public void killWorker() throws Exception {
    workers.remove(0).kill();
  }

  @Override
  public void startWorker() throws Exception {
    launchWorker();
    awaitWorkers(workers.size());
  }

  @Override
  public List<String> activeJobs() throws Exception {
    List<String> names = new ArrayList<>();
    state().path("activeapps").forEach(app -> names.add(app.path("name").asText()));
    return names;
  }

  @Override
  public void close() {
    workers.forEach(ClusterProcess::close);
    master.close();
    DRIVER.keySet().forEach(System::clearProperty);
  }
}
