package dev.alexnet.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
  private final StringWriter out = new StringWriter();

  private ResultWriter writer(boolean json) {
    return new ResultWriter(new PrintWriter(out), json);
  }

  @Test
  void end_failureAfterAResult_isPartOfIt() {
    ResultWriter writer = writer(true);
    writer.write("{\"a\":1.50}\n".toCharArray(), 0, 11);
    assertThat(out).hasToString("");

    writer.end(Map.of("code", 65));
    writer.end();

    assertThat(out).hasToString("{\"a\":1.50,\"error\":{\"code\":65}}\n");
  }

  @Test
  void end_resultThatHasAnErrorAlready_isLeftAsItIs() {
    ResultWriter writer = writer(true);
    writer.write("{\"error\":{}}\n".toCharArray(), 0, 13);

    writer.end(Map.of("code", 65));

    assertThat(out).hasToString("{\"error\":{}}\n");
  }

  @Test
  void end_failureWithoutAResult_isTheResult() {
    writer(true).end(Map.of("code", 65));

    assertThat(out).hasToString("{\"error\":{\"code\":65}}\n");
  }

  @Test
  void write_text_isPassedOnAtOnce() {
    ResultWriter writer = writer(false);
    writer.write("{half".toCharArray(), 0, 5);
    assertThat(out).hasToString("{half");

    writer.end(Map.of("code", 65));

    assertThat(out).hasToString("{half");
  }

  @Test
  void write_severalLines_areHeldBackButForTheLast() {
    ResultWriter writer = writer(true);
    writer.write("{}\n{}\n".toCharArray(), 0, 6);
    assertThat(out).hasToString("{}\n");

    writer.end();

    assertThat(out).hasToString("{}\n{}\n");
  }
}
