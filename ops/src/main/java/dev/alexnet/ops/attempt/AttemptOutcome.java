package dev.alexnet.ops.attempt;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an attempt ended.
 *
 * @param ended in UTC
 * @param exitCode of the process
 * @param message why it failed; empty if it did not
 */
public record AttemptOutcome(
    @JsonProperty("ended") String ended,
    @JsonProperty("exit_code") int exitCode,
    @JsonProperty("message") String message) {}
