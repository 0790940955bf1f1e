package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known about a run that is launched in the cloud: the content of {@code
 * launch/launch.json} in its work directory.
 *
 * @param schema {@value #SCHEMA}
 * @param run its name
 * @param environment where it was launched, such as {@code dev}
 * @param work what it does, as it was launched last
 * @param policy how machines are looked for
 * @param limits of all its attempts together
 * @param attempts in their order; only the last one may not have ended
 */
public record LaunchRecord(
    @JsonProperty("schema") int schema,
    @JsonProperty("run") String run,
    @JsonProperty("environment") String environment,
    @JsonProperty("work") Work work,
    @JsonProperty("policy") Policy policy,
    @JsonProperty("limits") Limits limits,
    @JsonProperty("attempts") List<Attempt> attempts) {

  /** The one that this program reads and writes. */
  public static final int SCHEMA = 1;

  private static final StoredFormat FORMAT =
      new StoredFormat("record of a launch", "schema", SCHEMA, "launch under another run name.");

  public LaunchRecord {
    new Problems("launch")
        .require(schema == SCHEMA, "schema is %s; it must be %s", schema, SCHEMA)
        .require(run != null && !run.isEmpty(), "run is missing")
        .require(environment != null && !environment.isEmpty(), "environment is missing")
        .require(work != null, "work is missing")
        .require(policy != null, "policy is missing")
        .require(limits != null, "limits is missing")
        .require(attempts != null, "attempts is missing")
        .throwIfAny();
    attempts = List.copyOf(attempts);
    Problems problems = new Problems("attempts");
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      problems
          .require(attempt.number() == i + 1, "%s is number %s", attempt.job(), attempt.number())
          .require(
              attempt.hasEnded() || i == attempts.size() - 1,
              "%s has not ended, although another one follows",
              attempt.job());
    }
    problems.throwIfAny();
  }

  /** A run that nothing was submitted for. */
  public static LaunchRecord of(
      String run, String environment, Work work, Policy policy, Limits limits) {
    return new LaunchRecord(SCHEMA, run, environment, work, policy, limits, List.of());
  }

  static LaunchRecord read(byte[] json, Object where) {
    return FORMAT.read(json, LaunchRecord.class, where);
  }

  byte[] bytes() {
    return Json.document(this);
  }

  public Optional<Attempt> latest() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
  }

  /** The latest attempt, if it has not ended. */
  public Optional<Attempt> living() {
    return latest().filter(attempt -> !attempt.hasEnded());
  }

  /** The number of the launch that the latest attempt belongs to; 0 if there is none. */
  public int launch() {
    return latest().map(Attempt::launch).orElse(0);
  }

  /** How many attempts of the latest launch got a machine. */
  public int attemptsThatRan() {
    return (int)
        attempts.stream()
            .filter(attempt -> attempt.launch() == launch() && attempt.hasRun())
            .count();
  }

  /** What all attempts that have ended used. */
  public Usage usage() {
    return Usage.sum(attempts.stream().map(Attempt::usage).toList());
  }

  /** What all attempts have used so far. */
  public Usage usageUntil(Instant now) {
    return Usage.sum(attempts.stream().map(attempt -> attempt.usageUntil(now)).toList());
  }

  /** The same run with its attempts, launched again as another record says. */
  public LaunchRecord launchedAs(LaunchRecord asked) {
    return asked.withAttempts(attempts);
  }

  /** The options that differ from those of another launch of the run: {@code --zones: a, not b}. */
  public List<String> differencesFrom(LaunchRecord other) {
    List<String> differences = new ArrayList<>(work.differencesFrom(other.work));
    differences.addAll(policy.differencesFrom(other.policy));
    differences.addAll(limits.differencesFrom(other.limits));
    return List.copyOf(differences);
  }

  /** With one more attempt; the others have ended. */
  public LaunchRecord plus(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return withAttempts(more);
  }

  /** With another state of the attempt of this number. */
  public LaunchRecord replacing(Attempt attempt) {
    List<Attempt> changed = new ArrayList<>(attempts);
    changed.set(attempt.number() - 1, attempt);
    return withAttempts(changed);
  }

  private LaunchRecord withAttempts(List<Attempt> changed) {
    return new LaunchRecord(schema, run, environment, work, policy, limits, changed);
  }
}
