package dev.alexnet.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** A cluster of separate processes on this machine: a master and two workers. */
public abstract class TestCluster implements AutoCloseable {
  private static final int WORKERS = 2;

  private final Path directory;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ClusterProcess> workers = new ArrayList<>();
  private ClusterProcess master;
  private int launched;

  /**
   * @param directory of its files, created if it is missing
   */
  protected TestCluster(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
  }

  /** The options after {@code --} that name it. */
  public abstract List<String> options();

  /** The options after {@code --} for the same engine within the client. */
  public abstract List<String> embeddedOptions();

  /** Options of the client's Java virtual machine. */
  public abstract List<String> javaOptions();

  /** The names of jobs that have not ended. */
  public abstract List<String> activeJobs() throws IOException;

  /** The address of what the master tells by HTTP. */
  protected abstract String address();

  protected abstract ClusterProcess launchMaster() throws IOException;

  /**
   * @param name of the worker, which no other has
   */
  protected abstract ClusterProcess launchWorker(String name) throws IOException;

  /** Whether the master knows exactly so many workers, and they are ready. */
  protected abstract boolean hasWorkers(int count) throws IOException;

  /** Starts all processes, and waits until they are ready; of a failed start none is left. */
  public final TestCluster started() throws Exception {
    try {
      master = launchMaster();
      for (int worker = 0; worker < WORKERS; worker++) {
        workers.add(launchWorker("worker" + launched++));
      }
      awaitWorkers();
      return this;
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  private void awaitWorkers() throws Exception {
    master.await(
        workers.size() + " workers",
        () -> {
          try {
            return hasWorkers(workers.size());
          } catch (IOException e) {
            // The master is starting.
            return false;
          }
        });
  }

  /** Waits until no job runs any more. */
  public final void awaitEndOfJobs() throws Exception {
    master.await("the end of all jobs", () -> activeJobs().isEmpty());
  }

  /** Kills a worker as {@code kill -9} does; the others stay. */
  public final void killWorker() {
    workers.remove(0).close();
  }

  /** Starts another worker, and waits until the master knows it. */
  public final void startWorker() throws Exception {
    workers.add(launchWorker("worker" + launched++));
    awaitWorkers();
  }

  /** The processes of the workers. */
  public final List<Long> workerIds() {
    return workers.stream().map(ClusterProcess::id).toList();
  }

  /** Where the cluster has its files. */
  protected final Path directory() {
    return directory;
  }

  protected final ClusterProcess launch(
      String name, List<String> options, List<String> command, Map<String, String> environment)
      throws IOException {
    return ClusterProcess.start(directory.resolve(name + ".log"), options, command, environment);
  }

  /** What the master answers. */
  protected final JsonNode get(String path) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address() + path)).build();
    try {
      return new ObjectMapper()
          .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public final void close() {
    workers.forEach(ClusterProcess::close);
    if (master != null) {
      master.close();
    }
    forget();
  }

  /** Undoes what the start changed in this process. */
  protected void forget() {}
}
