package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.FailureText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/**
 * A submitted job, as far as engines know more of it than Beam's interface passes on: its id, and
 * why it failed. They are asked by name, because this module does not depend on any of them.
 */
final class EngineJob {
  private static final long ANSWER_SECONDS = 30;

  /** Beam's name for its counters among those of a Flink job. */
  private static final String BEAMS_COUNTERS = "__metricscontainers";

  private final PipelineResult result;

  EngineJob(PipelineResult result) {
    this.result = result;
  }

  /** The id that the engine gave the job; empty if it is unknown. */
  String id() {
    try {
      Optional<Object> client = flinkClient();
      Object id =
          client.isPresent()
              ? method(client.get(), "getJobID", 0).invoke(client.get())
              : method(result, "getJobId", 0).invoke(result);
      return String.valueOf(id);
    } catch (ReflectiveOperationException e) {
      return "";
    }
  }

  /** Our failure that made the job fail; empty if the engine knows of none. */
  Optional<Failure> failure() {
    return FailureText.in(log());
  }

  /** What the engine says of the job's failure; empty if it says nothing. */
  String log() {
    try {
      Optional<Object> client = flinkClient();
      return client.isPresent() ? exceptionOf(client.get()) : messages();
    } catch (ReflectiveOperationException e) {
      return "";
    }
  }

  /**
   * What a job that is done has counted. Flink's answer while a job runs is some seconds old, so
   * after the end it would lack the last ones; the result of the job has them all.
   */
  MetricResults metrics() {
    try {
      Optional<Object> client = flinkClient();
      return client.isPresent() ? flinkMetrics(client.get()) : result.metrics();
    } catch (ReflectiveOperationException
        | ExecutionException
        | InterruptedException
        | TimeoutException e) {
      return result.metrics();
    }
  }

  private MetricResults flinkMetrics(Object client)
      throws ReflectiveOperationException,
          ExecutionException,
          InterruptedException,
          TimeoutException {
    Future<?> execution = (Future<?>) method(client, "getJobExecutionResult", 0).invoke(client);
    Object job = execution.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    Map<?, ?> counted = (Map<?, ?>) method(job, "getAllAccumulatorResults", 0).invoke(job);
    Object ofBeam = counted.get(BEAMS_COUNTERS);
    return ofBeam == null
        ? result.metrics()
        : (MetricResults) method(ofBeam, "asAttemptedOnlyMetricResults", 1).invoke(null, ofBeam);
  }

  /** Beam's result of a Flink job hides Flink's own client, which knows the exception. */
  private Optional<Object> flinkClient() throws ReflectiveOperationException {
    for (Field field : result.getClass().getDeclaredFields()) {
      if (field.getName().equals("jobClient")) {
        field.setAccessible(true);
        return Optional.of(field.get(result));
      }
    }
    return Optional.empty();
  }

  private static String exceptionOf(Object client) throws ReflectiveOperationException {
    Future<?> execution = (Future<?>) method(client, "getJobExecutionResult", 0).invoke(client);
    try {
      execution.get(ANSWER_SECONDS, TimeUnit.SECONDS);
      return "";
    } catch (ExecutionException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    } catch (TimeoutException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** A Dataflow job gives its messages, with stack traces of workers, to a handler. */
  private String messages() throws ReflectiveOperationException {
    Method wait = method(result, "waitUntilFinish", 2);
    StringBuilder log = new StringBuilder();
    Object handler =
        Proxy.newProxyInstance(
            wait.getDeclaringClass().getClassLoader(),
            new Class<?>[] {wait.getParameterTypes()[1]},
            (proxy, called, arguments) -> {
              for (Object message : (List<?>) arguments[0]) {
                log.append(method(message, "getMessageText", 0).invoke(message)).append('\n');
              }
              return null;
            });
    wait.invoke(result, Duration.standardSeconds(ANSWER_SECONDS), handler);
    return log.toString();
  }

  /**
   * A method of a class, or of an interface of it if the class itself cannot be used.
   *
   * @throws NoSuchMethodException if there is none
   */
  private static Method method(Object object, String name, int parameters)
      throws NoSuchMethodException {
    Method method =
        Arrays.stream(object.getClass().getMethods())
            .filter(candidate -> candidate.getName().equals(name))
            .filter(candidate -> candidate.getParameterCount() == parameters)
            .findFirst()
            .orElseThrow(() -> new NoSuchMethodException(name));
    method.setAccessible(true);
    return method;
  }
}
