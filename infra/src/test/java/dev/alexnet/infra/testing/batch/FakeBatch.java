package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.batch.Batch;
import dev.alexnet.infra.batch.CloudBatch;
import dev.alexnet.infra.clock.SleepingClock;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A fake of Google Cloud Batch: a gRPC server on a free port of this machine. Behaves as <a
 * href="https://cloud.google.com/batch/docs/reference/rpc/google.cloud.batch.v1">the reference</a>
 * says, as far as a launcher uses it: jobs are created (once for each request id), shown, listed by
 * label, cancelled and deleted, and wrong ones are refused. What happens to a job is said by {@link
 * JobScript}s. Tasks are not shown, and nobody is forbidden anything unless a {@link BatchFault}
 * says so.
 *
 * <p>Time is that of the test, so that nothing here waits.
 */
public final class FakeBatch implements AutoCloseable {
  private final Server server;
  private final BatchFaults faults = new BatchFaults();
  private final FakeJobs jobs;
  private final List<String> notices = new CopyOnWriteArrayList<>();

  /** On a free port. */
  public FakeBatch(Supplier<Instant> time) {
    this(time, 0);
  }

  public FakeBatch(Supplier<Instant> time, int port) {
    this.jobs = new FakeJobs(time);
    try {
      server =
          Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
              .addService(new FakeBatchService(jobs, faults).definition())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For the property {@code alexnet.batch.endpoint}. */
  public String address() {
    return "localhost:" + server.getPort();
  }

  /** What its clients told their users. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  /** A client of this fake. */
  public Batch client(SleepingClock clock) {
    return CloudBatch.at(address(), clock, notices::add);
  }

  /** Says what happens to the next jobs, in the order in which they are created. */
  public void next(JobScript... scripts) {
    jobs.next(scripts);
  }

  /** Says what happens to all jobs that have no script of their own; otherwise they stay QUEUED. */
  public void otherwise(Supplier<JobScript> script) {
    jobs.otherwise(script);
  }

  /** Does not show a new job for this many looks. */
  public void setLag(int looks) {
    jobs.setLag(looks);
  }

  /** Forgets the ids of requests, as Batch does after an hour. */
  public void forgetRequests() {
    jobs.forgetRequests();
  }

  /** Lets the next requests of a kind go wrong, one each. */
  public void failNext(BatchRequestKind kind, BatchFault... each) {
    faults.add(kind, each);
  }

  /** Lets all requests of a kind go wrong from now on; null for none. */
  public void failAll(BatchRequestKind kind, BatchFault fault) {
    faults.setAlways(kind, fault);
  }

  /** The jobs that were created and not deleted, in that order, as they are now. */
  public List<Job> jobs() {
    return jobs.all();
  }

  /** The exit codes with which a job's task has ended so far. */
  public List<Integer> exitCodes(String id) {
    return jobs.withId(id).exitCodes();
  }

  /** How often each kind of request was made, those that went wrong included. */
  public Map<BatchRequestKind, Integer> counts() {
    return faults.counts();
  }

  /** How many requests were made. */
  public int requests() {
    return counts().values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
