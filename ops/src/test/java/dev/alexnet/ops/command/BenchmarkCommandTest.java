package dev.alexnet.ops.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.ops.cli.TypedLine;
import org.junit.jupiter.api.Test;

class BenchmarkCommandTest {

  @Test
  void benchmark_ofABatchLargerThanTheMemory_saysWhichWouldFit() {
    TypedLine refused =
        TypedLine.enter("benchmark", "--preset=mini", "--batch=100000000", "--devices=cpu:0");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(78);
    assertThat(refused.err())
        .contains("A batch of 100000000 does not fit this machine's ", "Give a --batch of at most ")
        .doesNotContain("\tat ");
  }
}
