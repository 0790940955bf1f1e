package dev.alexnet.infra.testing.gcs;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * A fake of Google Cloud Storage on a free port of this machine. Behaves as <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/objects">the reference</a> says, as far
 * as the client library uses it: metadata, media with ranges, listings, uploads in one request and
 * in chunks, compose, copy, delete, generations as preconditions, CRC-32C. It has no batches, no
 * old generations, no MD5 and no permissions; a request that it does not know is refused with 501
 * and reported by {@link #close}.
 *
 * <p>Requests are served in parallel. Things go wrong as scripts say, and are counted.
 */
public final class FakeGcs implements AutoCloseable {
  /** The bucket that is always there. */
  public static final String BUCKET = "bucket";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Buckets buckets = new Buckets();
  private final Faults faults = new Faults();
  private final Requests requests = new Requests();
  private final Interceptions interceptions = new Interceptions();
  private final Supplier<Draft> drafts;
  private final ApiHandler handler;

  /** Empty, in memory, and fast; a page of a listing has 1,000 entries. */
  public FakeGcs() {
    this(FakeGcsOptions.standard());
  }

  public FakeGcs(FakeGcsOptions options) {
    // Otherwise the JDK's server delays many responses by 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    this.drafts =
        options
            .directory()
            .<Supplier<Draft>>map(directory -> () -> new FileDraft(directory))
            .orElse(MemoryDraft::new);
    JsonApi api = new JsonApi(buckets, drafts, options.page());
    this.handler = new ApiHandler(api, faults, requests, interceptions, options.latency());
    buckets.create(BUCKET);
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), options.port()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", handler);
    server.createContext("/_fake/", new ControlHandler(this));
    server.setExecutor(threads);
    server.start();
  }

  /** For {@code STORAGE_EMULATOR_HOST}. */
  public String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  public void createBucket(String bucket) {
    buckets.create(bucket);
  }

  /** How long each response is delayed from now on. */
  public void setLatency(Duration latency) {
    handler.setLatency(latency);
  }

  /** Follows a script from now on, beside those it has. */
  public void script(FaultScript script) {
    faults.add(script);
  }

  /** Refuses the next requests with these statuses, one each. */
  public void refuseNext(Integer... statuses) {
    for (int i = 0; i < statuses.length; i++) {
      script(FaultScript.of(Fault.ofStatus(statuses[i])).at(i + 1));
    }
  }

  /** Runs something just before the next request of a kind takes effect. */
  public void beforeNext(RequestKind kind, Runnable action) {
    interceptions.before(kind, action);
  }

  /** Method, path and, for reads, the range of each request so far. */
  public List<String> requests() {
    return requests.summaries();
  }

  public Map<RequestKind, Long> counts() {
    return requests.counts();
  }

  /** How many requests waited for their response at the same time at most. */
  public int mostInFlight() {
    return requests.mostInFlight();
  }

  /** How often each fault happened. */
  public Map<Fault, Long> injected() {
    return faults.injected();
  }

  /** Errors within the fake, and requests that it does not know. */
  public List<Throwable> failures() {
    return handler.failures();
  }

  /** Forgets scripts and counts, but no objects. */
  public void reset() {
    faults.clear();
    requests.clear();
  }

  /** Puts an object into the standard bucket, without a request. */
  public void put(String name, byte[] content) {
    put(BUCKET, name, content);
  }

  public void put(String bucket, String name, byte[] content) {
    buckets.put(bucket, name, draftOf(content), 0, Map.of(), Preconditions.NONE);
  }

  private Draft draftOf(byte[] content) {
    Draft draft = drafts.get();
    try {
      draft.append(new ByteArrayInputStream(content), content.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return draft;
  }

  /** The names of all objects of a bucket that start with a prefix, in the order of a listing. */
  public List<String> names(String bucket, String prefix) {
    return buckets.startingWith(bucket, prefix).stream().map(StoredObject::name).toList();
  }

  /** The live generation of an object; 0 if there is none. */
  public long generation(String bucket, String name) {
    return buckets.find(bucket, name).map(StoredObject::generation).orElse(0L);
  }

  public byte[] content(String bucket, String name) {
    try (InputStream content = object(bucket, name).content().open(0)) {
      return content.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Flips the lowest bit of one byte of an object where it is stored: what is known of it stays, as
   * does the generation.
   */
  public void rot(String bucket, String name, long offset) {
    byte[] bytes = content(bucket, name);
    bytes[Math.toIntExact(offset)] ^= 1;
    buckets.rot(object(bucket, name), draftOf(bytes).finish());
  }

  private StoredObject object(String bucket, String name) {
    return buckets.get(bucket, name, Optional.empty());
  }

  /**
   * @throws IllegalStateException if the fake failed
   */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    if (!failures().isEmpty()) {
      throw new IllegalStateException("The fake failed", failures().get(0));
    }
  }
}
