package dev.alexnet.infra.testing.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives requests, and lets happen to them what the scripts say. */
final class ApiHandler implements HttpHandler {
  private static final long GRAIN = 256 << 10;

  private final JsonApi api;
  private final Faults faults;
  private final Requests requests;
  private final Interceptions interceptions;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private volatile Duration latency;

  /** The connection shall end without a response. */
  @SuppressWarnings("serial")
  private static final class Reset extends RuntimeException {}

  ApiHandler(
      JsonApi api,
      Faults faults,
      Requests requests,
      Interceptions interceptions,
      Duration latency) {
    this.api = api;
    this.faults = faults;
    this.requests = requests;
    this.interceptions = interceptions;
    this.latency = latency;
  }

  void setLatency(Duration latency) {
    this.latency = latency;
  }

  /** Errors within the fake, and requests that it does not know. */
  List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void handle(HttpExchange exchange) {
    ApiRequest request = ApiRequest.of(exchange);
    requests.started(request);
    // Closing it before the response is sent breaks the connection.
    try (exchange) {
      Optional<Faults.Turns> turn = faults.next(request);
      Answer answer = answered(request, turn);
      boolean cut = turn.isPresent() && turn.get().script().fault() == Fault.SHORT_BODY;
      send(exchange, answer, cut ? answer.body().length() / 2 : answer.body().length());
    } catch (Reset | IOException e) {
      // The client notices.
    } catch (RuntimeException | Error e) {
      failures.add(e);
    }
  }

  private Answer answered(ApiRequest request, Optional<Faults.Turns> turn) throws IOException {
    InputStream received = request.exchange().getRequestBody();
    try {
      sleep(latency);
      interceptions.run(request);
      Answer answer = answer(request, turn);
      // Otherwise the server would wait for the rest of the request behind the response.
      received.transferTo(OutputStream.nullOutputStream());
      return answer;
    } finally {
      // Before it is sent: whoever has it may send the next request at once.
      requests.ended();
    }
  }

  private Answer answer(ApiRequest request, Optional<Faults.Turns> turn) throws IOException {
    if (turn.isEmpty()) {
      return sound(request);
    }
    Fault fault = turn.get().script().fault();
    if (fault.status().isPresent()) {
      faults.happened(turn.get());
      int status = fault.status().getAsInt();
      return Answer.error(status, "refused with " + status);
    }
    if (fault == Fault.RESET_BEFORE) {
      faults.happened(turn.get());
      throw new Reset();
    }
    if (fault == Fault.STALL) {
      // The client does not wait for the end.
      faults.happened(turn.get());
    }
    prepare(request, turn.get().script());
    Answer sound = sound(request);
    Optional<Answer> faulty = faulty(fault, request, sound);
    if (faulty.isPresent()) {
      if (fault != Fault.STALL) {
        faults.happened(turn.get());
      }
    } else {
      faults.postpone(turn.get());
    }
    if (fault == Fault.RESET_AFTER) {
      throw new Reset();
    }
    return faulty.orElse(sound);
  }

  private static void prepare(ApiRequest request, FaultScript script) throws IOException {
    HttpExchange exchange = request.exchange();
    InputStream body = exchange.getRequestBody();
    long length = request.header("Content-Length").map(Long::parseLong).orElse(2L);
    switch (script.fault()) {
      case STALL -> sleep(script.lasting());
      case FLIPPED_UPLOAD -> request.damage().want();
      case PARTIAL_CHUNK ->
          exchange.setStreams(new ShortStream(body, length / 2 / GRAIN * GRAIN), null);
      default -> {}
    }
  }

  /** The response with the fault; empty if it has nothing that can go wrong. */
  private static Optional<Answer> faulty(Fault fault, ApiRequest request, Answer sound) {
    return switch (fault) {
      case UNAVAILABLE_AFTER -> Optional.of(Answer.error(503, "refused with 503"));
      case SHORT_BODY ->
          Optional.of(sound).filter(answer -> answer.isSuccess() && answer.body().length() > 0);
      case FLIPPED_BIT ->
          Optional.of(sound)
              .filter(answer -> answer.isSuccess() && answer.body().length() > 0)
              .map(Answer::flipped);
      case FLIPPED_UPLOAD -> Optional.of(sound).filter(answer -> request.damage().isDone());
      case WRONG_CHECKSUM ->
          Optional.of(sound.withWrongChecksum()).filter(answer -> !answer.equals(sound));
      default -> Optional.of(sound);
    };
  }

  private Answer sound(ApiRequest request) throws IOException {
    try {
      return api.answer(request);
    } catch (Refusal e) {
      if (e.status() == 501) {
        failures.add(e);
      }
      return e.answer();
    } catch (UncheckedIOException | IllegalStateException e) {
      // The client does not retry after 501.
      failures.add(e);
      return Answer.error(501, "The fake failed: " + e);
    }
  }

  private static void send(HttpExchange exchange, Answer answer, long count) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    long length = answer.body().length();
    InputStream body;
    try {
      body = answer.body().open();
    } catch (NoSuchFileException e) {
      // It was deleted just now.
      send(exchange, Answer.error(404, "No such object"), Long.MAX_VALUE);
      return;
    }
    try (body) {
      exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
      OutputStream target = exchange.getResponseBody();
      byte[] buffer = new byte[1 << 16];
      long left = Math.min(count, length);
      while (left > 0) {
        int read = body.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new IllegalStateException("The content ends early");
        }
        target.write(buffer, 0, read);
        left -= read;
      }
      target.flush();
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      // The fake is being closed.
      throw new Reset();
    }
  }
}
