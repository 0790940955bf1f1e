package dev.alexnet.tests.flink;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A job manager and two task managers with two slots each, in processes of their own. */
final class FlinkSessionCluster extends TestCluster {
  private static final List<String> PACKAGES =
      List.of(
          "lang", "net", "io", "nio", "lang.reflect", "text", "time", "util", "util.concurrent");

  private final int port = FreePorts.next();

  FlinkSessionCluster(Path directory) throws IOException {
    super(directory);
    Files.writeString(directory.resolve("config.yaml"), configuration(FreePorts.next()));
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
        .formatted(rpcPort, port, directory(), directory());
  }

  @Override
  protected String address() {
    return "http://localhost:" + port;
  }

  @Override
  protected ClusterProcess launchMaster() throws IOException {
    return launch(
        "master",
        List.of("-Xmx384m"),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
  }

  @Override
  protected ClusterProcess launchWorker(String name) throws IOException {
    return launch(
        name,
        List.of("-Xmx512m", "-XX:MaxDirectMemorySize=832m", "-XX:MaxMetaspaceSize=256m"),
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
  }

  private ClusterProcess launch(String name, List<String> memory, String main) throws IOException {
    Stream<String> opened =
        PACKAGES.stream().map(each -> "--add-opens=java.base/java." + each + "=ALL-UNNAMED");
    return launch(
        name,
        Stream.concat(memory.stream(), opened).toList(),
        List.of(main, "--configDir", directory().toString()),
        Map.of("FLINK_CONF_DIR", directory().toString()));
  }

  @Override
  protected boolean hasWorkers(int count) throws IOException {
    JsonNode overview = get("/overview");
    // Task managers are registered before their slots.
    return overview.path("taskmanagers").asInt(-1) == count
        && overview.path("slots-total").asInt(-1) == 2 * count;
  }

  @Override
  public List<String> options() {
    return List.of("--runner=FlinkRunner", "--flinkMaster=localhost:" + port, "--parallelism=2");
  }

  @Override
  public List<String> embeddedOptions() {
    return List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");
  }

  @Override
  public List<String> javaOptions() {
    return List.of("-Xmx1g");
  }

  @Override
  public List<String> activeJobs() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("end-time").asLong() < 0) {
        names.add(job.path("name").asText());
      }
    }
    return names;
  }
}
