package dev.alexnet.ops.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
  private static String description(String flags) {
    return """
        processor\t: 0
        vendor_id\t: AuthenticAMD
        cpu family\t: 26
        model\t\t: 2
        model name\t: AMD EPYC 9655
        flags\t\t: fpu sse4_1 avx %s

        processor\t: 1
        cpu family\t: 27
        """
        .formatted(flags);
  }

  /** The names and what they need: oneDNN's documentation of ONEDNN_MAX_CPU_ISA. */
  @ParameterizedTest
  @CsvSource({
    "'', '', AVX",
    "avx2, '', AVX2",
    "avx2 avx_vnni, '', AVX2_VNNI",
    "avx2 avx512f avx512bw avx512vl avx512dq, '', AVX512_CORE",
    "avx2 avx512f avx512bw avx512vl avx512dq avx512_vnni, '', AVX512_CORE_VNNI",
    "avx2 avx512f avx512bw avx512vl avx512dq avx512_vnni avx512_bf16, '', AVX512_CORE_BF16",
    "avx2 avx512f avx512bw avx512vl avx512dq avx512_vnni avx512_bf16, avx2, AVX2",
    "avx2 avx512f avx512bw avx512vl avx512dq avx512_vnni avx512_bf16, AVX512_CORE, AVX512_CORE",
    "avx2 avx512f avx512bw avx512_vnni avx512_bf16 amx_tile amx_int8 amx_bf16, '', AVX512_CORE_AMX"
  })
  void of_flagsAndLimit_isTheLargestSetThatOneDnnMayUse(
      String flags, String limit, String instructions) {
    assertThat(Processor.of(description(flags), limit))
        .isEqualTo(new Processor("AMD EPYC 9655, family 26, model 2", instructions));
  }

  @Test
  void of_anotherDescription_isTheArchitecture() {
    assertThat(Processor.of("Features : fp asimd", ""))
        .isEqualTo(new Processor(System.getProperty("os.arch"), "unknown"));
  }
}
