package dev.alexnet.infra.batch;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.batch.v1.CancelJobRequest;
import com.google.cloud.batch.v1.CreateJobRequest;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.ListJobsRequest;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The jobs of a project in a region, over the client library. */
final class CloudBatchJobs implements BatchJobs {
  /** A job may not be shown at once after it was made. */
  private static final int MOST_LOOKS = 5;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final String parent;
  private final BatchConnection connection;
  private final BatchRequests requests;
  private final BatchFailures failures;

  /**
   * @param parent as {@code projects/PROJECT/locations/REGION}
   */
  CloudBatchJobs(
      String parent, BatchConnection connection, BatchRequests requests, BatchFailures failures) {
    this.parent = parent;
    this.connection = connection;
    this.requests = requests;
    this.failures = failures;
  }

  @Override
  public Job submit(String id, Job specification) {
    MarkedJob marked = MarkedJob.of(specification);
    CreateJobRequest request =
        CreateJobRequest.newBuilder()
            .setParent(parent)
            .setJobId(id)
            .setJob(marked.job())
            .setRequestId(marked.requestId(parent, id))
            .build();
    try {
      return requests.make(
          BatchAction.SUBMIT, named(id), () -> connection.client().createJob(request));
    } catch (ApiException e) {
      if (e.getStatusCode().getCode() != StatusCode.Code.ALREADY_EXISTS) {
        throw failures.refused(BatchAction.SUBMIT, named(id), e);
      }
      Job there = existing(id);
      if (!marked.isMarkOf(there)) {
        throw failures.taken(id);
      }
      return there;
    }
  }

  private Job existing(String id) {
    for (int look = 1; look <= MOST_LOOKS; look++) {
      Optional<Job> there = find(id);
      if (there.isPresent()) {
        return there.get();
      }
      requests.pause(BETWEEN_LOOKS);
    }
    throw failures.notShown(id);
  }

  @Override
  public Optional<Job> find(String id) {
    try {
      return Optional.of(
          requests.make(BatchAction.FIND, named(id), () -> connection.client().getJob(path(id))));
    } catch (ApiException e) {
      if (e.getStatusCode().getCode() == StatusCode.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failures.refused(BatchAction.FIND, named(id), e);
    }
  }

  @Override
  public List<Job> labelled(String label, String value) {
    ListJobsRequest request =
        ListJobsRequest.newBuilder()
            .setParent(parent)
            .setFilter("labels.%s=\"%s\"".formatted(label, value))
            .build();
    String what = "the jobs with the label " + label + "=" + value;
    List<Job> jobs =
        orRefused(
            BatchAction.LIST,
            what,
            () -> {
              List<Job> all = new ArrayList<>();
              connection.client().listJobs(request).iterateAll().forEach(all::add);
              return all;
            });
    jobs.sort(Comparator.comparing(Job::getCreateTime, Timestamps.comparator()).reversed());
    return List.copyOf(jobs);
  }

  @Override
  public void cancel(String id) {
    CancelJobRequest request = CancelJobRequest.newBuilder().setName(path(id)).build();
    try {
      requests.make(
          BatchAction.CANCEL,
          named(id),
          () -> connection.client().cancelJobCallable().call(request));
    } catch (ApiException e) {
      // It has ended.
      if (e.getStatusCode().getCode() != StatusCode.Code.FAILED_PRECONDITION) {
        throw failures.refused(BatchAction.CANCEL, named(id), e);
      }
    }
  }

  private <T> T orRefused(BatchAction action, String what, Supplier<T> request) {
    try {
      return requests.make(action, what, request);
    } catch (ApiException e) {
      throw failures.refused(action, what, e);
    }
  }

  private String path(String id) {
    return parent + "/jobs/" + id;
  }

  private static String named(String id) {
    return "the job " + id;
  }

  @Override
  public void close() {
    connection.close();
  }
}
