package dev.alexnet.infra.testing.batch;

import com.google.cloud.batch.v1.CreateJobRequest;
import com.google.cloud.batch.v1.Job;
import com.google.cloud.batch.v1.ListJobsRequest;
import com.google.cloud.batch.v1.ListJobsResponse;
import com.google.cloud.batch.v1.TaskGroup;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stored jobs, by their full names. */
final class FakeJobs {
  private static final Pattern LABEL = Pattern.compile("labels\\.([a-z0-9_-]+)=\"([^\"]*)\"");
  private static final int PAGE = 2;

  private final Supplier<Instant> time;
  private final Map<String, FakeJob> jobs = new LinkedHashMap<>();
  private final Map<String, Integer> hidden = new HashMap<>();
  private final Map<String, CreateJobRequest> requests = new HashMap<>();
  private final Deque<JobScript> scripts = new ArrayDeque<>();
  private Supplier<JobScript> otherwise = JobScript::queued;
  private int lag;

  FakeJobs(Supplier<Instant> time) {
    this.time = time;
  }

  synchronized void next(JobScript... several) {
    scripts.addAll(List.of(several));
  }

  synchronized void otherwise(Supplier<JobScript> script) {
    otherwise = script;
  }

  synchronized void setLag(int looks) {
    lag = looks;
  }

  synchronized void forgetRequests() {
    requests.clear();
  }

  synchronized Job create(CreateJobRequest request) {
    List<String> problems = JobRules.problems(request);
    if (!problems.isEmpty()) {
      throw Status.INVALID_ARGUMENT
          .withDescription(String.join("; ", problems))
          .asRuntimeException();
    }
    String name = request.getParent() + "/jobs/" + request.getJobId();
    CreateJobRequest before =
        request.getRequestId().isEmpty()
            ? null
            : requests.putIfAbsent(request.getRequestId(), request);
    if (before != null && before.equals(request) && jobs.containsKey(name)) {
      return jobs.get(name).shown();
    }
    if (before != null) {
      throw Status.INVALID_ARGUMENT
          .withDescription("request_id was used for another request")
          .asRuntimeException();
    }
    if (jobs.containsKey(name)) {
      throw Status.ALREADY_EXISTS
          .withDescription("Resource '" + name + "' already exists")
          .asRuntimeException();
    }
    JobScript script = scripts.isEmpty() ? otherwise.get() : scripts.poll();
    FakeJob job = new FakeJob(completed(request.getJob(), name), script, time);
    jobs.put(name, job);
    hidden.put(name, lag);
    return job.shown();
  }

  /** With what the service adds, so that it does not equal what was asked for. */
  private Job completed(Job job, String name) {
    TaskGroup group =
        job.getTaskGroups(0).toBuilder()
            .setName(name + "/taskGroups/group0")
            .setParallelism(1)
            .build();
    return job.toBuilder()
        .setName(name)
        .setUid("j-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
        .setCreateTime(Timestamps.fromMillis(time.get().toEpochMilli()))
        .setTaskGroups(0, group)
        .build();
  }

  synchronized Job look(String name) {
    int looks = hidden.getOrDefault(name, 0);
    if (looks > 0) {
      hidden.put(name, looks - 1);
      throw missing(name);
    }
    return named(name).look();
  }

  synchronized ListJobsResponse list(ListJobsRequest request) {
    List<Job> matching = new ArrayList<>();
    for (FakeJob job : jobs.values()) {
      if (job.created().getName().startsWith(request.getParent() + "/")
          && matches(job.created(), request.getFilter())) {
        matching.add(job.shown());
      }
    }
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    int to = Math.min(matching.size(), from + PAGE);
    return ListJobsResponse.newBuilder()
        .addAllJobs(matching.subList(from, to))
        .setNextPageToken(to < matching.size() ? String.valueOf(to) : "")
        .build();
  }

  private static boolean matches(Job job, String filter) {
    if (filter.isEmpty()) {
      return true;
    }
    for (String part : filter.split(" AND ", -1)) {
      Matcher label = LABEL.matcher(part);
      if (!label.matches()) {
        throw Status.INVALID_ARGUMENT.withDescription("filter: " + part).asRuntimeException();
      }
      if (!label.group(2).equals(job.getLabelsMap().get(label.group(1)))) {
        return false;
      }
    }
    return true;
  }

  synchronized void cancel(String name) {
    if (!named(name).cancel()) {
      throw Status.FAILED_PRECONDITION
          .withDescription("Job " + name + " has ended")
          .asRuntimeException();
    }
  }

  synchronized void delete(String name) {
    named(name);
    jobs.remove(name);
  }

  synchronized List<Job> all() {
    return jobs.values().stream().map(FakeJob::shown).toList();
  }

  synchronized FakeJob withId(String id) {
    return jobs.values().stream()
        .filter(job -> job.created().getName().endsWith("/jobs/" + id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no job " + id));
  }

  private FakeJob named(String name) {
    FakeJob job = jobs.get(name);
    if (job == null) {
      throw missing(name);
    }
    return job;
  }

  private static RuntimeException missing(String name) {
    return Status.NOT_FOUND
        .withDescription("Resource '" + name + "' was not found")
        .asRuntimeException();
  }
}
