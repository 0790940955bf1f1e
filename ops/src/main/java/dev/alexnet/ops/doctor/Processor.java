package dev.alexnet.ops.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The processor as Linux describes it, and which instructions oneDNN may use there: the same
 * machine code computes other numbers, and at times wrong ones, on another.
 *
 * @param name such as {@code AMD EPYC, family 25, model 17}
 * @param instructions oneDNN's name for the set that it may use, such as {@code AVX512_CORE_BF16}
 */
record Processor(String name, String instructions) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  /** The environment's limit of {@link #instructions}. */
  static final String LIMIT = "ONEDNN_MAX_CPU_ISA";

  /**
   * A set that oneDNN distinguishes.
   *
   * @param flags what a processor must have for it
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

  static Processor ofThisMachine() {
    try {
      return of(
          Files.readString(DESCRIPTION, StandardCharsets.UTF_8),
          System.getenv().getOrDefault(LIMIT, ""));
    } catch (IOException e) {
      return new Processor(System.getProperty("os.arch"), UNKNOWN);
    }
  }

  /**
   * @param description as in {@code /proc/cpuinfo}
   * @param limit of the instructions; empty for none
   */
  static Processor of(String description, String limit) {
    Map<String, String> first = new HashMap<>();
    for (String line : description.lines().toList()) {
      String[] parts = line.split(":", 2);
      if (parts.length == 2) {
        first.putIfAbsent(parts[0].strip(), parts[1].strip());
      }
    }
    Set<String> flags = Set.copyOf(List.of(first.getOrDefault("flags", "").split("\\s+")));
    String instructions =
        SETS.subList(limitIn(limit), SETS.size()).stream()
            .filter(set -> flags.containsAll(set.flags))
            .findFirst()
            .map(InstructionSet::name)
            .orElse(UNKNOWN);
    String name =
        first.containsKey("cpu family")
            ? String.format(
                Locale.ROOT,
                "%s, family %s, model %s",
                first.getOrDefault("model name", UNKNOWN),
                first.get("cpu family"),
                first.getOrDefault("model", UNKNOWN))
            : System.getProperty("os.arch");
    return new Processor(name, instructions);
  }

  private static int limitIn(String limit) {
    for (int i = 0; i < SETS.size(); i++) {
      if (SETS.get(i).name().equalsIgnoreCase(limit)) {
        return i;
      }
    }
    return 0;
  }
}
