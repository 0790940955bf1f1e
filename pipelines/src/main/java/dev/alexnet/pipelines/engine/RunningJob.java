package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.FailureText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineResult.State;
import org.apache.beam.sdk.metrics.MetricResults;

/** A submitted job while somebody waits for it. */
final class RunningJob {
  private static final org.joda.time.Duration SHORT_WAIT = org.joda.time.Duration.millis(500);
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

  /**
   * How long the engine may leave the question for the state unanswered. It is a time, because one
   * question can take a minute: Flink's client asks twenty times before it gives up.
   */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(50);

  /** A job that is cancelled ends within seconds, Dataflow's within minutes. */
  private static final Duration CANCELLATION = Duration.ofSeconds(60);

  /** The lines of stack traces that name no exception. */
  private static final Pattern FRAMES =
      Pattern.compile("(?m)^\\s+(?:at |\\.\\.\\. \\d+ more).*\\R?");

  private final Engine engine;
  private final String name;
  private final PipelineResult result;
  private final Interruption interruption;
  private final LongSupplier nanoseconds;
  private State state;
  private boolean isAsked;
  private long lastAnswer;

  RunningJob(Engine engine, String name, PipelineResult result, Interruption interruption) {
    this(engine, name, result, interruption, System::nanoTime);
  }

  /**
   * @param nanoseconds a clock that is never set back
   */
  RunningJob(
      Engine engine,
      String name,
      PipelineResult result,
      Interruption interruption,
      LongSupplier nanoseconds) {
    this.engine = engine;
    this.name = name;
    this.result = result;
    this.interruption = interruption;
    this.nanoseconds = nanoseconds;
    this.lastAnswer = nanoseconds.getAsLong();
  }

  /** Waits for a short time, and says whether the job has ended. */
  boolean isEnded() {
    state = engine.isAskedForState() ? stateAsked() : result.waitUntilFinish(SHORT_WAIT);
    return state != null && state.isTerminal();
  }

  /** Whether the engine answered the last question for the state. */
  boolean isAnswering() {
    return state != State.UNKNOWN;
  }

  private State stateAsked() {
    // The first question is asked at once.
    if (isAsked) {
      interruption.await(BETWEEN_QUESTIONS);
    }
    isAsked = true;
    try {
      State answer = result.getState();
      if (answer == State.UNKNOWN) {
        requireAnswers(null);
      } else {
        lastAnswer = nanoseconds.getAsLong();
      }
      return answer;
    } catch (RuntimeException e) {
      requireAnswers(e);
      return State.UNKNOWN;
    }
  }

  private void requireAnswers(RuntimeException last) {
    if (nanoseconds.getAsLong() - lastAnswer > LONGEST_SILENCE.toNanos()) {
      throw new Failure(
          Failure.Kind.REMOTE,
          inWords()
              + " gives no answer any more. It may still be running: look at it there before you run the command again",
          last);
    }
  }

  /**
   * @throws Failure if the job ended, but not because its work is done
   */
  void throwUnlessDone() {
    if (state == State.DONE) {
      return;
    }
    EngineJob job = new EngineJob(result);
    if (state == State.FAILED) {
      String log = job.log();
      throw FailureText.in(log).or(() -> MissingClass.in(log, engine)).orElseGet(() -> failed(log));
    }
    throw new Failure(
        Failure.Kind.INTERRUPTED,
        inWords()
            + (state == State.CANCELLED
                ? " was cancelled, but not by this command"
                : " ended in the state " + state + " before its work was done")
            + ". Finished shards are kept. Run the same command again to continue");
  }

  /** What the job has counted, once it is done. */
  MetricResults metrics() {
    return new EngineJob(result).metrics();
  }

  private Failure failed(String log) {
    String reason = log.isBlank() ? "" : ": " + FRAMES.matcher(log).replaceAll("").strip();
    return new Failure(
        Failure.Kind.REMOTE,
        inWords()
            + " failed"
            + reason
            + "\nRun the same command again to continue after the shards that are complete");
  }

  /** Cancels the job, waits for its end, and says what came of it. */
  Failure cancel() {
    CompletableFuture<State> cancelled = CompletableFuture.supplyAsync(this::cancelled);
    String end;
    try {
      cancelled.get(CANCELLATION.toSeconds(), TimeUnit.SECONDS);
      end =
          " was cancelled, because this command was interrupted. Finished shards are kept. Run the same command again to continue";
    } catch (TimeoutException | InterruptedException e) {
      end =
          " was asked to cancel, because this command was interrupted, but has not ended yet. Look at it there before you run the same command again";
    } catch (ExecutionException e) {
      end =
          " could not be cancelled, and may still be running: "
              + e.getCause().getMessage()
              + ". Cancel it there before you run the same command again";
    }
    return new Failure(Failure.Kind.INTERRUPTED, inWords() + end);
  }

  private State cancelled() {
    try {
      State now = result.cancel();
      while (now == null || !now.isTerminal()) {
        // The request that led here is there already, so this does not wait for it.
        TimeUnit.MILLISECONDS.sleep(SHORT_WAIT.getMillis());
        now = result.getState();
      }
      return now;
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Says how to find the job, which goes on. */
  Failure leave() {
    return new Failure(
        Failure.Kind.INTERRUPTED,
        inWords()
            + " goes on without this command, which was interrupted. When the job has ended, run the same command again: it checks the output, and continues if the job failed");
  }

  private String inWords() {
    String id = new EngineJob(result).id();
    return "The "
        + engine.title()
        + " job "
        + name
        + (id.isEmpty() ? "" : " (id " + id + ")")
        + engine.place();
  }
}
