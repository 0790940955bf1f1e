package dev.alexnet.pipelines.engine;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.alexnet.infra.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndedApplicationTest {
  private static final Engine ENGINE =
      new Engine(
          "SparkRunner",
          JsonNodeFactory.instance.objectNode().put("sparkMaster", "spark://host:1"));

  @Test
  void in_masterThatGaveUp_isAFailureOfTheRemoteService() {
    String text =
        """
        java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.
        This stopped SparkContext was created at:
        	at org.apache.spark.SparkContext.assertNotStopped(SparkContext.scala:122)
        """;
    Failure failure = EndedApplication.in(text, ENGINE).orElseThrow();

    assertThatFailure(
            () -> {
              throw failure;
            })
        .isOfKind(Failure.Kind.REMOTE)
        .hasMessage(
            "The cluster ended the job of Spark at spark://host:1 (java.lang.IllegalStateException: Cannot call methods on a stopped SparkContext.). Look at what Spark wrote above, and at its master's web page; then run the same command again to continue after the shards that are complete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.spark.SparkException: Job aborted due to stage failure: Master removed our application: KILLED",
        "org.apache.spark.SparkException: Job 0 cancelled because SparkContext was shut down",
        "org.apache.spark.SparkException: Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent failure: ExecutorLostFailure (executor 3 exited)"
      })
  void in_applicationThatWasEnded_isAFailureOfTheRemoteService(String text) {
    assertThat(EndedApplication.in("Caused by: " + text, ENGINE).orElseThrow())
        .hasMessageContaining(text);
  }

  @Test
  void in_faultOfAFunction_findsNothing() {
    assertThat(
            EndedApplication.in(
                "org.apache.spark.SparkException: Job aborted due to stage failure: java.lang.NullPointerException",
                ENGINE))
        .isEmpty();
  }
}
