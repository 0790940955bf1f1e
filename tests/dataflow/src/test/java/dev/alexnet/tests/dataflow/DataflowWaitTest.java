package dev.alexnet.tests.dataflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.engine.Interruption;
import dev.alexnet.pipelines.engine.PipelineRun;
import dev.alexnet.tests.engine.FailingFn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waiting for jobs on a Dataflow service that only answers. */
class DataflowWaitTest {
  private static final Location OUTPUT = new Location("gs://alexnet-dev-runs/first/train");

  /** The hash is of the output: {@code printf %s gs://alexnet-dev-runs/first/train | sha256sum}. */
  private static final String NAME = "alexnet-wait-train-985aa3e4";

  private static final String IN_WORDS =
      "The Dataflow job " + NAME + " (id " + FakeDataflow.JOB + ") in us-central1 of my-project ";

  @TempDir private static Path directory;

  /** There is a request from the start. */
  private static final Interruption REQUESTED =
      new Interruption() {
        @Override
        public boolean isRequested() {
          return true;
        }

        @Override
        public boolean await(Duration most) {
          return true;
        }

        @Override
        public <T> T heededBy(Supplier<T> work) {
          return work.get();
        }
      };

  private static Failure waiting(FakeDataflow service, Interruption interruption, String... more)
      throws IOException {
    Path nothing = directory.resolve("nothing.jar");
    new JarOutputStream(Files.newOutputStream(nothing)).close();
    String[] options =
        Stream.concat(
                Stream.of(
                    "--runner=DataflowRunner",
                    "--dataflowEndpoint=" + service.address(),
                    "--stagerClass=" + ForgetfulStager.class.getName(),
                    "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
                    "--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator",
                    "--project=my-project",
                    "--region=us-central1",
                    "--gcpTempLocation=gs://alexnet-dev-temp/dataflow",
                    "--filesToStage=" + nothing),
                Stream.of(more))
            .toArray(String[]::new);
    PipelineRun run =
        new PipelineRun(PipelineOptionsFactory.fromArgs(options).create(), interruption);
    return catchThrowableOfType(Failure.class, () -> awaitFailing(run));
  }

  private static void awaitFailing(PipelineRun run) {
    Pipeline pipeline = run.pipeline("wait", OUTPUT);
    pipeline.apply("Kind", Create.of("BAD_DATA")).apply("Fail", ParDo.of(new FailingFn()));
    run.await(pipeline, counters -> {});
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "BAD_DATA",
        "INPUT_MISSING",
        "OUTPUT_EXISTS",
        "INPUT_OUTPUT",
        "INTERRUPTED",
        "REMOTE"
      })
  void await_jobWhoseWorkerFailed_keepsKindAndMessage(Failure.Kind kind) throws Exception {
    StringWriter trace = new StringWriter();
    new RuntimeException(new Failure(kind, FailingFn.MESSAGE))
        .printStackTrace(new PrintWriter(trace));
    try (FakeDataflow service =
        new FakeDataflow(
            "JOB_STATE_FAILED", "Workers were started", "Error message from worker: " + trace)) {

      Failure failure = waiting(service, Interruption.NEVER);

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessage(FailingFn.MESSAGE);
    }
  }

  @Test
  void await_jobThatFailedForAReasonOfTheService_saysWhatItSays() throws Exception {
    try (FakeDataflow service =
        new FakeDataflow("JOB_STATE_FAILED", "Startup of the worker pool failed: no quota")) {

      Failure failure = waiting(service, Interruption.NEVER);

      assertThat(failure.kind()).isEqualTo(Failure.Kind.REMOTE);
      assertThat(failure)
          .hasMessage(
              IN_WORDS
                  + "failed: Startup of the worker pool failed: no quota\nRun the same command again to continue after the shards that are complete");
    }
  }

  @Test
  void await_optionThatTheRunnerRefuses_isAWrongUse() throws Exception {
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_RUNNING")) {

      Failure failure = waiting(service, Interruption.NEVER, "--jobName=not_legal");

      assertThat(failure.kind()).isEqualTo(Failure.Kind.USAGE);
      assertThat(failure)
          .hasMessageStartingWith("Dataflow rejected the options after '--': ")
          .hasMessageContaining("the name must consist of only the characters [-a-z0-9]");
    }
  }

  @Test
  void await_jobThatSomebodyCancelled_isInterrupted() throws Exception {
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_CANCELLED")) {

      Failure failure = waiting(service, Interruption.NEVER);

      assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
      assertThat(failure)
          .hasMessage(
              IN_WORDS
                  + "was cancelled, but not by this command. Finished shards are kept. Run the same command again to continue");
    }
  }

  @Test
  void await_interrupted_cancelsTheJob() throws Exception {
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_RUNNING")) {

      Failure failure = waiting(service, REQUESTED);

      assertThat(service.state()).isEqualTo("JOB_STATE_CANCELLED");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
      assertThat(failure)
          .hasMessage(
              IN_WORDS
                  + "was cancelled, because this command was interrupted. Finished shards are kept. Run the same command again to continue");
    }
  }

  @Test
  void await_interruptedWithDetach_leavesTheJobRunning() throws Exception {
    try (FakeDataflow service = new FakeDataflow("JOB_STATE_RUNNING")) {

      Failure failure = waiting(service, REQUESTED, "--detachOnInterrupt");

      assertThat(service.state()).isEqualTo("JOB_STATE_RUNNING");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.INTERRUPTED);
      assertThat(failure)
          .hasMessage(
              IN_WORDS
                  + "goes on without this command, which was interrupted. When the job has ended, run the same command again: it checks the output, and continues if the job failed");
    }
  }
}
