package dev.alexnet.ops.launch.policy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.Attempt;
import dev.alexnet.ops.launch.record.AttemptEnd;
import dev.alexnet.ops.launch.record.EndCause;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Policy;
import dev.alexnet.ops.launch.record.StopReason;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why a launch ends with its latest attempt, and what to do. */
final class EndAdvice {
  private static final Pattern ACCOUNT = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");

  /** The end of a sentence, perhaps before a quotation mark. */
  private static final Pattern PUNCTUATION = Pattern.compile("[.;:,\\s]+(\"?)$");

  private final LaunchRecord record;
  private final Attempt attempt;
  private final AttemptEnd end;

  private EndAdvice(LaunchRecord record, Attempt attempt) {
    this.record = record;
    this.attempt = attempt;
    this.end = attempt.end();
  }

  static NextStep.Fail of(LaunchRecord record, Attempt latest) {
    return new EndAdvice(record, latest).failure();
  }

  private NextStep.Fail failure() {
    return switch (end.cause()) {
      case SUCCEEDED -> throw new IllegalStateException(attempt.job() + " succeeded");
      case NOT_SUBMITTED ->
          // A reason is that of the service, which would refuse the same job again.
          fail(
              end.detail().isEmpty() ? Failure.Kind.INTERRUPTED : Failure.Kind.MISMATCH,
              attempt.job() + " was not submitted, and nothing was charged",
              "Launch the run " + record.run() + " again to submit another attempt");
      case PREEMPTED, RETRYABLE -> tooOften();
      case TIME_LIMIT -> record.limits().areSet() ? limitReached() : tooOften();
      case NO_CAPACITY -> noCapacity();
      case QUOTA ->
          fail(
              Failure.Kind.MISMATCH,
              "A quota does not allow the machine of the run " + record.run(),
              "Ask for more on the page 'Quotas' of the Google Cloud console, or give another"
                  + " --provisioning or --profile");
      case IMAGE_MISSING ->
          fail(
              Failure.Kind.INPUT_MISSING,
              "The machine of %s could not start the image %s"
                  .formatted(attempt.job(), record.work().image()),
              "Check that it was pushed: alexnet doctor --environment environment.json --image="
                  + record.work().image());
      case PERMISSION ->
          fail(
              Failure.Kind.PERMISSION,
              account() + " lacks a permission that " + attempt.job() + " needs",
              "Apply the terraform/ directory of this version, then see what 'alexnet doctor"
                  + " --environment environment.json' finds");
      case DIVERGED ->
          fail(
              Failure.Kind.NOT_FINITE,
              "The training of the run " + record.run() + " diverged",
              "Use a lower learning rate in another run; " + logs());
      case SETTINGS, PROGRAM_FAILED ->
          fail(
              Failure.Kind.ofExitCode(end.exitCode()).orElse(Failure.Kind.BUG),
              attempt.job() + " ended with " + code(),
              "Correct the cause and launch the run again; " + logs());
      case CANCELLED ->
          fail(
              Failure.Kind.INTERRUPTED,
              attempt.job() + " was cancelled",
              "Launch the run " + record.run() + " again to go on from its last checkpoint");
      case FAILED_WITHOUT_TASKS ->
          fail(
              Failure.Kind.REMOTE,
              "Batch gave up %s (%s) before it ran".formatted(attempt.job(), attempt.offer()),
              "If it has no such machine there, leave this --provisioning or zone out when you"
                  + " launch the run again");
      case UNKNOWN -> fail(Failure.Kind.BUG, attempt.job() + " failed with " + code(), logs());
    };
  }

  private NextStep.Fail limitReached() {
    return fail(
        Failure.Kind.MISMATCH,
        "The run %s reached its limits (%s) before its end"
            .formatted(record.run(), record.limits()),
        "Launch it again with higher limits to go on from its last checkpoint");
  }

  private NextStep.Fail tooOften() {
    boolean remote = Integer.valueOf(Failure.Kind.REMOTE.exitCode()).equals(end.exitCode());
    return fail(
        remote ? Failure.Kind.REMOTE : Failure.Kind.INTERRUPTED,
        "The run %s had %s on a machine, as many as --max-attempts allows; the last one ended with %s"
            .formatted(record.run(), Quantity.of(record.attemptsThatRan(), "attempt"), code()),
        "Launch it again to go on from its last checkpoint");
  }

  private NextStep.Fail noCapacity() {
    Policy policy = record.policy();
    return fail(
        Failure.Kind.REMOTE,
        "No machine was to be had for the run %s: %s in %s, waiting at most %d minutes for each"
            .formatted(
                record.run(),
                policy.provisioning().stream()
                    .map(Provisioning::toString)
                    .collect(Collectors.joining(", ")),
                String.join(", ", policy.zones()),
                policy.maxQueueWait().toMinutes()),
        "Launch it again later, or with a longer --max-queue-wait, more --zones or another"
            + " --profile");
  }

  private NextStep.Fail fail(Failure.Kind kind, String what, String remedy) {
    String why = reason().isEmpty() ? "" : ". The reason given: " + reason();
    return new NextStep.Fail(kind, what + why + ". " + remedy, end.cause() == EndCause.DIVERGED);
  }

  /** What was said of the end, as a part of a sentence; empty if nothing new was. */
  private String reason() {
    // That the machine was waited for in vain is what the failure itself says.
    return attempt.stopReason() == StopReason.QUEUE_WAIT && end.cause() == EndCause.NO_CAPACITY
        ? ""
        : PUNCTUATION.matcher(end.detail().strip()).replaceFirst("$1");
  }

  /** The account that the service names. */
  private String account() {
    Matcher account = ACCOUNT.matcher(end.detail());
    return account.find() ? account.group() : "An account";
  }

  private String logs() {
    return "'alexnet logs " + record.run() + "' shows what it printed";
  }

  private String code() {
    if (end.exitCode() == null) {
      return "no exit code";
    }
    // What the program said of its end says more.
    Optional<String> meaning =
        reason().isEmpty() ? TaskExit.meaning(end.exitCode()) : Optional.empty();
    return "exit code " + end.exitCode() + meaning.map(" (%s)"::formatted).orElse("");
  }
}
