package dev.alexnet.model.session;

import dev.alexnet.infra.failure.Failure;
import java.util.Map;

/**
 * The environment variables that decide how GPUs compute. Libraries read them when they are loaded,
 * so a running program can only check them.
 */
public record GpuEnvironment(Map<String, String> variables) {
  /** NVIDIA's libraries reduce float32 products to TF32 unless this is 0. */
  static final String TF32 = "NVIDIA_TF32_OVERRIDE";

  /** TensorFlow chooses kernels that give the same bits at each call only if this is 1. */
  public static final String DETERMINISTIC = "TF_DETERMINISTIC_OPS";

  public GpuEnvironment {
    variables = Map.copyOf(variables);
  }

  /** That of this process. */
  public static GpuEnvironment ofThisProcess() {
    return new GpuEnvironment(System.getenv());
  }

  /**
   * @param remedy what else could be done, beside setting the variable; may be empty
   * @throws Failure of kind MISMATCH if GPUs would compute in TF32
   */
  public void requireExactFloat32(String remedy) {
    if (!"0".equals(variables.get(TF32))) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          TF32
              + " is not 0 in the environment, so GPUs would compute in TF32, with a thousandth of"
              + " the accuracy of float32; set it to 0, as the launcher does"
              + remedy);
    }
  }

  /**
   * @throws Failure of kind MISMATCH if operations on GPUs may give other bits each time
   */
  public void requireDeterminism() {
    String value = variables.getOrDefault(DETERMINISTIC, "");
    if (!value.equals("1") && !value.equalsIgnoreCase("true")) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "deterministic is true, but "
              + DETERMINISTIC
              + " is not 1 in the environment, so operations on GPUs may give other bits each time;"
              + " set it to 1 for the whole command");
    }
  }
}
