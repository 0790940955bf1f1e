package dev.alexnet.model.training.device;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.model.arithmetic.CheckedArithmetic;
import dev.alexnet.model.kernel.Kernels;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.session.GpuEnvironment;
import java.util.List;
import java.util.function.Consumer;

/**
 * Devices and kernels that were checked: they exist, have enough memory, and compute correctly.
 *
 * @param execution of the training pass
 * @param arithmetic that was checked
 */
public record DevicePlan(Execution execution, CheckedArithmetic arithmetic) {

  /**
   * What to compute, and on which devices.
   *
   * @param batch images per step
   * @param devices of the towers: {@code auto}, or one per tower
   * @param requiredGpus how many there must be
   * @param deterministic whether GPUs must give the same bits each time
   * @param images of the training set, and of a validation set if there is one
   */
  public record Request(
      AlexNetSpec network,
      int classes,
      int batch,
      Precision precision,
      String devices,
      int requiredGpus,
      boolean deterministic,
      List<Long> images) {
    public Request {
      new Problems("devices")
          .require(classes >= 1, "classes is %s; it must be at least 1", classes)
          .require(batch >= 1, "batch is %s; it must be at least 1", batch)
          .throwIfAny();
      images = List.copyOf(images);
    }
  }

  /**
   * Chooses devices and kernels, and fails if they or the memory are not sufficient.
   *
   * @param choice receives which devices were chosen, and why
   * @param notices receives warnings about scarce memory and replaced operations
   * @throws Failure of kind DEVICE if a device is missing or computes wrongly, MISMATCH if the
   *     batch does not fit the memory, or GPUs would compute less exactly or less repeatably than
   *     was asked for
   */
  public static DevicePlan of(Request request, Consumer<String> choice, Consumer<String> notices) {
    AlexNetSpec network = request.network();
    Devices.Choice chosen =
        Devices.placement(request.devices(), network.towers(), request.requiredGpus());
    Placement placement = chosen.placement();
    choice.accept("Towers on " + placement + " in " + request.precision() + ": " + chosen.reason());
    Devices.checkEnvironment(
        placement, request.precision(), request.deterministic(), GpuEnvironment.ofThisProcess());
    MemoryNeed.require(network, request.classes(), request.batch(), placement, notices);
    Execution usual = Execution.on(placement, request.precision());
    CheckedArithmetic arithmetic =
        TrainingArithmetic.check(
            network, request.classes(), usual, request.batch(), request.images());
    arithmetic.replacements().forEach(notices);
    return new DevicePlan(usual.by(arithmetic.over(Kernels.ofTensorFlow())), arithmetic);
  }

  public Placement placement() {
    return execution.placement();
  }
}
