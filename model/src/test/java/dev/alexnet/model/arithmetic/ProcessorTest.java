package dev.alexnet.model.arithmetic;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alexnet.infra.failure.Failure;
import java.util.Map;
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
        microcode\t: 0xb002116
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
    for (String name : Processor.LIMITS) {
      Processor processor = Processor.of(description(flags), Map.of(name, limit));
      assertThat(processor.name())
          .isEqualTo("AMD EPYC 9655, family 26, model 2, microcode 0xb002116");
      assertThat(processor.allowed()).isEqualTo(instructions);
    }
  }

  @Test
  void requireBfloat16_limitBelowWhatTheProcessorHas_saysWhatToUnset() {
    String flags = "avx2 avx512f avx512bw avx512vl avx512dq avx512_vnni avx512_bf16";
    Processor limited = Processor.of(description(flags), Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"));
    assumeTrue(Processor.usesOneDnn(), "oneDNN's kernels are switched off");
    assertThatFailure(limited::requireBfloat16)
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "bfloat16 would kill the process with an illegal instruction, because the environment"
                + " limits oneDNN to AVX2 (ONEDNN_MAX_CPU_ISA or DNNL_MAX_CPU_ISA) and the"
                + " processor has AVX512_CORE_BF16. Unset the limit, or use --precision fp32");
  }

  @Test
  void canComputeBfloat16_withoutALimitBelowAvx512_isTrue() {
    String avx512 = "avx2 avx512f avx512bw avx512vl avx512dq";
    assertThat(Processor.of(description(avx512), Map.of()).canComputeBfloat16()).isTrue();
    assertThat(
            Processor.of(description(avx512), Map.of("DNNL_MAX_CPU_ISA", "avx512_core"))
                .canComputeBfloat16())
        .isTrue();
    assertThat(
            Processor.of(description("avx2"), Map.of("ONEDNN_MAX_CPU_ISA", "AVX2"))
                .canComputeBfloat16())
        .isTrue();
  }

  @Test
  void of_anotherDescription_isTheArchitecture() {
    assertThat(Processor.of("Features : fp asimd", Map.of()))
        .isEqualTo(new Processor(System.getProperty("os.arch"), "unknown", "unknown"));
  }
}
