package dev.alexnet.ops.launch.life;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.attempt.AttemptOutcome;
import dev.alexnet.ops.attempt.AttemptStart;
import dev.alexnet.ops.attempt.Attempts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the program keeps on its machine of each execution: when and where it began, what it showed,
 * and how it ended. The service may execute a job's task more than once.
 */
final class AttemptFiles {
  private final ObjectStore store;
  private final Location attempts;

  AttemptFiles(ObjectStore store, Location attempts) {
    this.store = requireNonNull(store, "store is null");
    this.attempts = requireNonNull(attempts, "attempts is null");
  }

  /**
   * A process of a job.
   *
   * @param number counts a job's executions from 1
   */
  record Execution(String job, int number, Location directory) {}

  /** The executions of a job's task, in their order. */
  List<Execution> of(String job) {
    return store.list(attempts).stream()
        .filter(name -> name.matches("\\Q" + job + "\\E-\\d{1,9}/"))
        .map(name -> name.substring(0, name.length() - 1))
        .map(name -> execution(job, name))
        .sorted(Comparator.comparingInt(Execution::number))
        .toList();
  }

  private Execution execution(String job, String name) {
    return new Execution(
        job, Integer.parseInt(name.substring(job.length() + 1)), attempts.resolve(name));
  }

  /** When and where an execution began. */
  AttemptStart start(Execution execution) {
    JsonNode read =
        read(execution.directory().resolve(Attempts.START)).orElseGet(MissingNode::getInstance);
    return new AttemptStart(
        read.path("started").asText(), read.path("host").asText(), read.path("process").asLong());
  }

  /** Empty if the process is running, or was killed. */
  Optional<AttemptOutcome> outcome(Execution execution) {
    return read(execution.directory().resolve(Attempts.OUTCOME))
        .map(
            read ->
                new AttemptOutcome(
                    read.path("ended").asText(),
                    read.path("exit_code").asInt(),
                    read.path("message").asText()));
  }

  /** Other versions of the program may keep more, so that only what is needed is read. */
  private Optional<JsonNode> read(Location file) {
    return store.exists(file)
        ? Optional.of(Json.read(store.readAll(file), JsonNode.class, file))
        : Optional.empty();
  }

  /**
   * What an execution showed from a part of its log on.
   *
   * @param from counts the parts from 1
   * @return the parts that are there
   */
  List<String> log(Execution execution, int from) {
    List<String> names = store.list(execution.directory());
    List<String> parts = new ArrayList<>();
    for (int number = from; names.contains(Attempts.logPart(number)); number++) {
      byte[] part = store.readAll(execution.directory().resolve(Attempts.logPart(number)));
      parts.add(new String(part, StandardCharsets.UTF_8));
    }
    return parts;
  }
}
