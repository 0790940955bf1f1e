package dev.alexnet.ops.job;

import dev.alexnet.infra.settings.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the ledger knows of one step.
 *
 * @param settingsHash SHA-256 of {@code settings}, in hexadecimal
 * @param settings by name, without those that the job decides
 * @param inputs fingerprints by place; a place in the work directory is relative to it
 * @param outputs as {@code inputs}; empty while the step is running. If the store keeps checksums,
 *     the step's directory is there too, with a slash at its end: see {@link Fingerprint#ofObjects}
 * @param started in ISO 8601
 * @param finished as {@code started}; null while the step is running
 * @param seconds how long the step took; 0 while it is running
 * @param summary the step's result in one line; empty while it is running
 * @param facts the step's result for machines
 */
record LedgerEntry(
    String name,
    State state,
    String settingsHash,
    Map<String, String> settings,
    Map<String, String> inputs,
    Map<String, String> outputs,
    String started,
    String finished,
    double seconds,
    String summary,
    Map<String, Object> facts) {

  enum State {
    /** Started. If no run holds the work directory, the step was interrupted or failed. */
    RUNNING,
    DONE
  }

  LedgerEntry {
    new Problems("ledger entry " + name)
        .require(name != null && !name.isEmpty(), "it has no name")
        .require(state != null, "state is missing")
        .require(settingsHash != null, "settingsHash is missing")
        .require(settings != null, "settings is missing")
        .require(inputs != null, "inputs is missing")
        .require(outputs != null, "outputs is missing")
        .require(started != null, "started is missing")
        .require(state != State.DONE || finished != null, "finished is missing")
        .require(summary != null, "summary is missing")
        .require(facts != null, "facts is missing")
        .throwIfAny();
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  boolean isDone() {
    return state == State.DONE;
  }
}
