package dev.alexnet.pipelines.engine;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingClassTest {
  private static final Engine ENGINE = Engine.of(PipelineOptionsFactory.create());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Caused by: java.lang.ClassNotFoundException: dev.alexnet.pipelines.engine.ShardWork",
        "java.lang.NoClassDefFoundError: dev/alexnet/pipelines/engine/ShardWork\n\tat a.B.c(B.java:1)"
      })
  void in_classThatThisProcessHas_saysWhatToPutOnTheCluster(String text) {
    Failure failure = MissingClass.in("Job failed\n" + text, ENGINE).orElseThrow();

    assertThatFailure(
            () -> {
              throw failure;
            })
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage(
            "A worker of Direct lacks the class dev.alexnet.pipelines.engine.ShardWork, which this command has. Put the command's libraries on every machine of the cluster, restart the cluster, and run the same command again; docs/clusters.md says how");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "java.lang.ClassNotFoundException: dev.alexnet.pipelines.engine.Nothing",
        "java.lang.NoClassDefFoundError: Could not initialize class dev.alexnet.pipelines.engine.ShardWork",
        "java.lang.IllegalStateException: dev.alexnet.pipelines.engine.ShardWork"
      })
  void in_otherText_findsNothing(String text) {
    assertThat(MissingClass.in(text, ENGINE)).isEmpty();
  }
}
