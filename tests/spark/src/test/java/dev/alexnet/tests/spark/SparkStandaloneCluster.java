package dev.alexnet.tests.spark;

import dev.alexnet.tests.cluster.ClusterProcess;
import dev.alexnet.tests.cluster.FreePorts;
import dev.alexnet.tests.cluster.TestCluster;
import java.io.IOException;
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
final class SparkStandaloneCluster extends TestCluster {
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

  private final int port = FreePorts.next();
  private final int pagePort = FreePorts.next();

  SparkStandaloneCluster(Path directory) throws IOException {
    super(directory);
    Files.createDirectories(directory.resolve("home/jars"));
    // For drivers in this process.
    DRIVER.forEach(System::setProperty);
  }

  @Override
  protected void forget() {
    DRIVER.keySet().forEach(System::clearProperty);
  }

  @Override
  protected String address() {
    return "http://" + HOST + ":" + pagePort;
  }

  String master() {
    return "spark://" + HOST + ":" + port;
  }

  /** The environment of its processes. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME",
        directory().resolve("home").toString(),
        "SPARK_SCALA_VERSION",
        "2.12",
        "SPARK_LOCAL_IP",
        HOST);
  }

  @Override
  protected ClusterProcess launchMaster() throws IOException {
    return launch(
        "master",
        "org.apache.spark.deploy.master.Master",
        "--port",
        String.valueOf(port),
        "--webui-port",
        String.valueOf(pagePort));
  }

  @Override
  protected ClusterProcess launchWorker(String name) throws IOException {
    return launch(
        name,
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        "--work-dir",
        directory().resolve("work").toString(),
        master());
  }

  private ClusterProcess launch(String name, String main, String... arguments) throws IOException {
    return launch(
        name,
        List.of("-Xmx256m"),
        Stream.concat(Stream.of(main, "--host", HOST), Stream.of(arguments)).toList(),
        environment());
  }

  @Override
  protected boolean hasWorkers(int count) throws IOException {
    return get("/json/").path("aliveworkers").asInt(-1) == count;
  }

  @Override
  public List<String> options() {
    return List.of("--runner=SparkRunner", "--sparkMaster=" + master());
  }

  @Override
  public List<String> embeddedOptions() {
    return List.of("--runner=SparkRunner", "--sparkMaster=local[2]");
  }

  @Override
  public List<String> javaOptions() {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    PACKAGES.forEach(each -> options.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    DRIVER.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return options;
  }

  @Override
  public List<String> activeJobs() throws IOException {
    List<String> names = new ArrayList<>();
    get("/json/").path("activeapps").forEach(app -> names.add(app.path("name").asText()));
    return names;
  }
}
