package dev.alexnet.tests.flink;

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

/** A job manager and two task managers with two slots each, in processes of their own. */
final class FlinkSessionCluster implements TestCluster {
  private static final List<String> PACKAGES =
      List.of(
          "lang", "net", "io", "nio", "lang.reflect", "text", "time", "util", "util.concurrent");

  private final Path directory;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ClusterProcess> workers = new ArrayList<>();
  private ClusterProcess master;
  private int started;

  private FlinkSessionCluster(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  static FlinkSessionCluster start(Path directory) throws Exception {
    FlinkSessionCluster cluster =
        new FlinkSessionCluster(Files.createDirectories(directory), FreePorts.next());
    Files.writeString(directory.resolve("config.yaml"), cluster.configuration(FreePorts.next()));
    cluster.master =
        cluster.process(
            "master",
            List.of("-Xmx384m"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
    cluster.launchWorker();
    cluster.launchWorker();
    cluster.awaitWorkers(2);
    return cluster;
  }

  private String configuration(int rpcPort) {
    return """
        jobmanager.rpc.address: localhost
        jobmanager.rpc.port: %d
        jobmanager.bind-host: localhost
        jobmanager.memory.process.size: 700m
        rest.port: %d
        rest.address: localhost
        rest.bind-address: localhost
        taskmanager.bind-host: localhost
        taskmanager.host: localhost
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 1.0
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.task.heap.size: 384m
        taskmanager.memory.task.off-heap.size: 512m
        taskmanager.memory.managed.size: 64m
        taskmanager.memory.network.min: 256m
        taskmanager.memory.network.max: 256m
        taskmanager.memory.jvm-metaspace.size: 256m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        cluster.evenly-spread-out-slots: true
        heartbeat.interval: 1000
        heartbeat.timeout: 8000
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 3
        restart-strategy.fixed-delay.delay: 1 s
        io.tmp.dirs: %s
        blob.storage.directory: %s
        """
        .formatted(rpcPort, port, directory, directory);
  }

  private ClusterProcess process(String name, List<String> memory, String... command)
      throws IOException {
    Stream<String> opened =
        PACKAGES.stream().map(each -> "--add-opens=java.base/java." + each + "=ALL-UNNAMED");
    return ClusterProcess.start(
        directory.resolve(name + ".log"),
        Stream.concat(memory.stream(), opened).toList(),
        Stream.concat(Stream.of(command), Stream.of("--configDir", directory.toString())).toList(),
        Map.of("FLINK_CONF_DIR", directory.toString()));
  }

  private void launchWorker() throws IOException {
    workers.add(
        process(
            "worker" + started++,
            List.of("-Xmx512m", "-XX:MaxDirectMemorySize=832m", "-XX:MaxMetaspaceSize=256m"),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner"));
  }

  private void awaitWorkers(int count) throws Exception {
    // Task managers are registered before their slots.
    master.await(
        count + " task managers",
        () -> overview("taskmanagers") == count && overview("slots-total") == 2 * count);
  }

  private int overview(String key) {
    try {
      return get("/overview").path(key).asInt(-1);
    } catch (IOException e) {
      // It is starting.
      return -1;
    }
  }

  private JsonNode get(String path) throws IOException {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<String> options() {
    return List.of("--runner=FlinkRunner", "--flinkMaster=localhost:" + port, "--parallelism=2");
  }

  @Override
  public List<String> javaOptions() {
    return List.of("-Xmx1g");
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
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("end-time").asLong() < 0) {
        names.add(job.path("name").asText());
      }
    }
    return names;
  }

  /** The processes of the task managers, which abort if a job loads TensorFlow again. */
  List<Long> workerIds() {
    return workers.stream().map(ClusterProcess::id).toList();
  }

  @Override
  public void close() {
    workers.forEach(ClusterProcess::close);
    master.close();
  }
}
