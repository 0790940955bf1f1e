package dev.alexnet.model.training.device;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.LayerProfile;
import dev.alexnet.model.network.NetworkProfile;
import dev.alexnet.model.network.Placement;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How much memory a training takes beside the program itself, estimated from the network's
 * description; rather too much than too little. It is that of both precisions: bfloat16 saves
 * nothing on the CPU, because float32 parameters and normalisations are kept beside.
 *
 * @param parameters bytes for parameters, momenta, gradients and a snapshot
 * @param image bytes for each image of a batch
 * @param batch images a step
 */
public record MemoryNeed(long parameters, long image, int batch) {
  /**
   * Value, momentum, gradient and decay; value and momentum again while a checkpoint is written.
   */
  private static final long COPIES_OF_PARAMETERS = 6;

  /** What a layer gives out, and its gradient. */
  private static final long COPIES_OF_VALUES = 2;

  /** The batches that are prefetched, copied and used. */
  private static final long COPIES_OF_INPUT = 5;

  /** Graph, threads, and what kernels and allocators keep, whatever the network. */
  private static final long PROGRAM = 256L << 20;

  private static final int CHANNELS = 3;
  private static final double GIB = 1L << 30;

  public static MemoryNeed of(AlexNetSpec spec, int classes, int batch) {
    NetworkProfile profile = NetworkProfile.of(spec, classes);
    long values = profile.layers().stream().mapToLong(LayerProfile::values).sum();
    long input = (long) CHANNELS * spec.inputSize() * spec.inputSize();
    return new MemoryNeed(
        COPIES_OF_PARAMETERS * Float.BYTES * profile.parameters(),
        Float.BYTES * (COPIES_OF_VALUES * values + COPIES_OF_INPUT * input),
        batch);
  }

  /**
   * Warns where a training on this machine's CPU may not fit the memory that is free. How much a
   * GPU has, TensorFlow itself finds out.
   *
   * @throws Failure of kind MISMATCH where it cannot fit the machine's
   */
  static void require(
      AlexNetSpec spec, int classes, int batch, Placement placement, Consumer<String> notices) {
    if (placement.towers().stream().noneMatch(Device::gpu)) {
      of(spec, classes, batch).requireOf(MachineMemory.ofThisMachine(), notices);
    }
  }

  long bytes() {
    return PROGRAM + parameters + image * batch;
  }

  /**
   * Warns where the training may not fit the memory that is free.
   *
   * @throws Failure of kind MISMATCH where it cannot fit the machine's
   */
  void requireOf(MachineMemory machine, Consumer<String> notices) {
    if (bytes() > machine.total()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          String.format(
              Locale.ROOT,
              "A batch of %d does not fit the %.1f GiB of memory of this machine. %s. %s",
              batch,
              machine.total() / GIB,
              this,
              remedy(machine.total())));
    }
    if (bytes() > machine.available()) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "Only %.1f GiB of memory are free; the kernel may kill the process. %s",
              machine.available() / GIB,
              this));
    }
  }

  private String remedy(long memory) {
    long fitting = (memory - PROGRAM - parameters) / image;
    return fitting > 0
        ? "Give a --batch of at most " + fitting
        : "No batch fits beside the parameters: take a machine with more memory, or a smaller"
            + " --preset";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "By estimate it takes %.1f GiB: %.1f for the parameters, and %.1f MiB for each image",
        bytes() / GIB,
        parameters / GIB,
        image / (double) (1 << 20));
  }
}
