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
 * How much memory a training takes besides the program itself, estimated from the network's
 * description, rather too much than too little. It is the same for both precisions: bfloat16 saves
 * nothing on the CPU, because float32 parameters and normalisations are kept as well.
 *
 * @param parameters bytes for parameters, momenta, gradients and a snapshot
 * @param image bytes for each image of a batch
 * @param batch images per step
 */
public record MemoryNeed(long parameters, long image, int batch) {
  /**
   * Value, momentum, gradient and decay; value and momentum again while a checkpoint is written.
   */
  private static final long COPIES_OF_PARAMETERS = 6;

  /** A layer's output and its gradient. */
  private static final long COPIES_OF_VALUES = 2;

  /** The batches that are prefetched, copied and used. */
  private static final long COPIES_OF_INPUT = 5;

  /** Graph, threads, and what kernels and allocators keep, independent of the network. */
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
   * Warns if a training on this machine's CPU may not fit the free memory. The memory of a GPU is
   * left to TensorFlow.
   *
   * @throws Failure of kind MISMATCH if it cannot fit the machine's memory
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
   * Warns if the training may not fit the free memory.
   *
   * @throws Failure of kind MISMATCH if it cannot fit the machine's memory
   */
  void requireOf(MachineMemory machine, Consumer<String> notices) {
    if (bytes() > machine.total()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          String.format(
              Locale.ROOT,
              "A batch of %d does not fit this machine's %.1f GiB of memory. %s. %s",
              batch,
              machine.total() / GIB,
              this,
              remedy(machine.total())));
    }
    if (bytes() > machine.available()) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "Only %.1f GiB of memory is free; the kernel may kill the process. %s",
              machine.available() / GIB,
              this));
    }
  }

  private String remedy(long memory) {
    long fitting = (memory - PROGRAM - parameters) / image;
    return fitting > 0
        ? "Give a --batch of at most " + fitting
        : "No batch fits besides the parameters: use a machine with more memory, or a smaller"
            + " --preset";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "It is estimated to take %.1f GiB: %.1f for the parameters, and %.1f MiB for each image",
        bytes() / GIB,
        parameters / GIB,
        image / (double) (1 << 20));
  }
}
