package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import java.util.regex.Pattern;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/** What workers need that run models, in Beam's resource hints. */
final class InferenceHints {
  private static final Pattern ACCELERATOR =
      Pattern.compile("type:[a-z0-9-]+;count:[1-9][0-9]*(;install-nvidia-driver)?");

  private InferenceHints() {}

  static ResourceHints of(EngineOptions options) {
    ResourceHints hints = ResourceHints.create();
    String accelerator = options.getInferenceAccelerator();
    if (!accelerator.isEmpty()) {
      if (!ACCELERATOR.matcher(accelerator).matches()) {
        throw new Failure(
            Failure.Kind.USAGE,
            "--inferenceAccelerator is '"
                + accelerator
                + "'; it must be such as 'type:nvidia-l4;count:1;install-nvidia-driver'");
      }
      hints = hints.withAccelerator(accelerator);
    }
    String ram = options.getInferenceMinRam();
    if (!ram.isEmpty()) {
      try {
        hints = hints.withMinRam(ram);
      } catch (IllegalArgumentException e) {
        throw new Failure(
            Failure.Kind.USAGE,
            "--inferenceMinRam is '" + ram + "'; it must be a size such as 16GB",
            e);
      }
    }
    return hints;
  }
}
