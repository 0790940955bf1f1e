package dev.alexnet.model.arithmetic;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The processor as Linux describes it, and which instructions oneDNN may use there: on another
 * processor the same program may compute different numbers, and sometimes wrong ones.
 *
 * @param name such as {@code AMD EPYC, family 25, model 17, microcode 0xa101154}
 * @param own oneDNN's name for the largest set of instructions that the processor has, such as
 *     {@code AVX512_CORE_BF16}
 * @param allowed the largest set that the environment allows
 */
public record Processor(String name, String own, String allowed) {
  /** The environment variable that switches oneDNN's kernels off if it is 0. */
  public static final String ONEDNN = "TF_ENABLE_ONEDNN_OPTS";

  /**
   * The environment variables that limit oneDNN's instructions: the current name and the former
   * one.
   */
  public static final List<String> LIMITS = List.of("ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA");

  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");
  private static final int MOST_CACHES = 8;
  private static final String UNKNOWN = "unknown";
  private static final String AVX512 = "AVX512";

  /**
   * A set that oneDNN distinguishes.
   *
   * @param flags the flags that a processor must have for it
   */
  private record InstructionSet(String name, Set<String> flags) {
    InstructionSet(String name, String... flags) {
      this(name, Set.of(flags));
    }
  }

  /** The largest first. */
  private static final List<InstructionSet> SETS =
      List.of(
          new InstructionSet("AVX512_CORE_AMX", "amx_tile", "amx_int8", "amx_bf16", "avx512_bf16"),
          new InstructionSet("AVX512_CORE_FP16", "avx512_fp16", "avx512_bf16"),
          new InstructionSet("AVX512_CORE_BF16", "avx512_bf16", "avx512_vnni", "avx512bw"),
          new InstructionSet("AVX512_CORE_VNNI", "avx512_vnni", "avx512bw"),
          new InstructionSet("AVX512_CORE", "avx512f", "avx512bw", "avx512vl", "avx512dq"),
          new InstructionSet("AVX2_VNNI", "avx_vnni", "avx2"),
          new InstructionSet("AVX2", "avx2"),
          new InstructionSet("AVX", "avx"),
          new InstructionSet("SSE41", "sse4_1"));

  /** Without a description, as on systems other than Linux, only the architecture is known. */
  public static Processor ofThisMachine() {
    try {
      return of(Files.readString(DESCRIPTION, StandardCharsets.UTF_8), System.getenv());
    } catch (IOException e) {
      return new Processor(System.getProperty("os.arch"), UNKNOWN, UNKNOWN);
    }
  }

  /**
   * @param description as in {@code /proc/cpuinfo}
   * @param environment with {@link #LIMITS}
   */
  static Processor of(String description, Map<String, String> environment) {
    Map<String, String> first = new HashMap<>();
    for (String line : description.lines().toList()) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        first.putIfAbsent(parts[0].strip(), parts[1].strip());
      }
    }
    Set<String> flags = Set.copyOf(List.of(first.getOrDefault("flags", "").split("\\s+")));
    String limit =
        LIMITS.stream().map(environment::get).filter(set -> set != null).findFirst().orElse("");
    int largest =
        IntStream.range(0, SETS.size())
            .filter(i -> SETS.get(i).name().equalsIgnoreCase(limit))
            .findFirst()
            .orElse(0);
    return new Processor(
        name(first, flags),
        largest(SETS, flags),
        largest(SETS.subList(largest, SETS.size()), flags));
  }

  private static String largest(List<InstructionSet> sets, Set<String> flags) {
    return sets.stream()
        .filter(set -> flags.containsAll(set.flags))
        .findFirst()
        .map(InstructionSet::name)
        .orElse(UNKNOWN);
  }

  private static String name(Map<String, String> first, Set<String> flags) {
    if (!first.containsKey("cpu family")) {
      return System.getProperty("os.arch");
    }
    List<String> parts = new ArrayList<>(List.of(first.getOrDefault("model name", UNKNOWN)));
    parts.add("family " + first.get("cpu family"));
    parts.add("model " + first.getOrDefault("model", UNKNOWN));
    if (first.containsKey("microcode")) {
      parts.add("microcode " + first.get("microcode"));
    }
    if (flags.contains("hypervisor")) {
      parts.add("virtual");
    }
    return String.join(", ", parts);
  }

  /** The sizes of the first core's caches, on which kernels' blockings depend: {@code L2 1024K}. */
  public static String caches() {
    List<String> caches = new ArrayList<>();
    for (int index = 0; index < MOST_CACHES; index++) {
      Path cache = CACHES.resolve("index" + index);
      try {
        String type = Files.readString(cache.resolve("type")).strip();
        String level = Files.readString(cache.resolve("level")).strip();
        if (!type.equals("Instruction")) {
          caches.add("L" + level + " " + Files.readString(cache.resolve("size")).strip());
        }
      } catch (IOException e) {
        // There are no more caches, or this system does not list them.
        break;
      }
    }
    return caches.isEmpty() ? UNKNOWN : String.join(", ", caches);
  }

  /** Whether TensorFlow uses oneDNN's kernels for the operations that have one. */
  public static boolean usesOneDnn() {
    return !"0".equals(System.getenv(ONEDNN));
  }

  /**
   * Whether bfloat16 can be computed. TensorFlow asks only the processor for its instructions,
   * oneDNN also the environment; if the environment allows too few, the process dies of an illegal
   * instruction.
   */
  public boolean canComputeBfloat16() {
    return !usesOneDnn() || !own.startsWith(AVX512) || allowed.startsWith(AVX512);
  }

  /** Why bfloat16 cannot be computed, and what to do. */
  public String limitation() {
    return "bfloat16 would kill the process with an illegal instruction, because the "
        + "environment limits"
        + " oneDNN to "
        + allowed
        + " ("
        + String.join(" or ", LIMITS)
        + ") and the processor has "
        + own
        + ". Unset the limit, or use --precision fp32";
  }

  /**
   * @throws Failure of kind MISMATCH if bfloat16 cannot be computed
   */
  void requireBfloat16() {
    if (!canComputeBfloat16()) {
      throw new Failure(Failure.Kind.MISMATCH, limitation());
    }
  }
}
