package dev.alexnet.ops.launch.policy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quota that keeps a job from getting its machine.
 *
 * @param quota its name, such as {@code NVIDIA_L4_GPUS}
 * @param isHopeless whether the machine needs more than the whole quota, so that waiting is in vain
 * @param said by the service
 */
record QuotaShortage(String quota, boolean isHopeless, String said) {
  /** Batch's own check, before it asks for a machine. */
  private static final Pattern INADEQUATE =
      Pattern.compile(
          "Quota: ([\\w.-]+), limit: ([\\d.]+)(?:, usage: [\\d.]+)?(?:, wanted: ([\\d.]+))?");

  /** Compute Engine's refusal. */
  private static final Pattern EXCEEDED =
      Pattern.compile("Quota '?([\\w.-]+)'? exceeded\\.(?:\\s+Limit: ([\\d.]+))?");

  /** The last one that the events tell of. */
  static Optional<QuotaShortage> in(List<JobEvent> events) {
    Optional<QuotaShortage> last = Optional.empty();
    for (JobEvent event : events) {
      Optional<QuotaShortage> told = of(event.text());
      last = told.isPresent() ? told : last;
    }
    return last;
  }

  private static Optional<QuotaShortage> of(String text) {
    Matcher inadequate = INADEQUATE.matcher(text);
    if (inadequate.find()) {
      double wanted = number(inadequate.group(3), 1);
      return Optional.of(
          new QuotaShortage(
              inadequate.group(1), number(inadequate.group(2), wanted) < wanted, text));
    }
    Matcher exceeded = EXCEEDED.matcher(text);
    return exceeded.find()
        ? Optional.of(new QuotaShortage(exceeded.group(1), number(exceeded.group(2), 1) < 1, text))
        : Optional.empty();
  }

  private static double number(String text, double otherwise) {
    if (text == null) {
      return otherwise;
    }
    // A sentence may end right after it.
    return Double.parseDouble(text.endsWith(".") ? text.substring(0, text.length() - 1) : text);
  }
}
