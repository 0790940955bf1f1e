package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a bucket is there, is private, lies where jobs run, and may be used.
 *
 * @param wanted names of permissions
 */
record BucketCheck(String bucket, List<String> wanted, Remedies remedies)
    implements EnvironmentCheck {
  private static final String SERVICE = "storage.googleapis.com";
  private static final List<String> READ = List.of("storage.objects.get", "storage.objects.list");
  private static final List<String> WRITE =
      List.of(
          "storage.objects.create",
          "storage.objects.delete",
          "storage.objects.get",
          "storage.objects.list");

  static List<BucketCheck> all(Remedies remedies) {
    EnvironmentContract.Buckets buckets = remedies.contract().buckets();
    return List.of(
        new BucketCheck(buckets.archives(), READ, remedies),
        new BucketCheck(buckets.runs(), WRITE, remedies),
        new BucketCheck(buckets.temp(), WRITE, remedies));
  }

  @Override
  public String subject() {
    return "gs://" + bucket;
  }

  @Override
  public List<Check> look(CloudApi api) {
    String path = "/storage/v1/b/" + UrlText.encode(bucket);
    JsonNode answer = api.get(SERVICE, path + "?fields=location,labels,iamConfiguration");
    JsonNode held =
        api.get(SERVICE, path + "/iam/testPermissions" + UrlText.repeated("permissions", wanted));
    List<Check> problems = new ArrayList<>();
    location(answer.path("location").asText(), problems);
    privacy(answer.path("iamConfiguration"), problems);
    labels(answer.path("labels"), problems);
    problems.addAll(
        remedies.permissions(subject(), wanted, PermissionsCheck.texts(held.path("permissions"))));
    return problems.isEmpty()
        ? List.of(
            Check.good(
                subject(),
                "private, in %s; %s may %s"
                    .formatted(
                        remedies.contract().region(),
                        remedies.caller(),
                        wanted.equals(READ) ? "read it" : "read and write it")))
        : problems;
  }

  private void location(String location, List<Check> problems) {
    String region = remedies.contract().region();
    if (!location.equalsIgnoreCase(region)) {
      add(
          problems,
          "it is in %s, but jobs run in %s; a bucket cannot be moved, so %s"
              .formatted(location, region, remedies.plan()));
    }
  }

  private void privacy(JsonNode configuration, List<Check> problems) {
    if (!configuration.path("uniformBucketLevelAccess").path("enabled").asBoolean()) {
      add(
          problems,
          "single objects may have access lists; " + update("--uniform-bucket-level-access"));
    }
    if (!configuration.path("publicAccessPrevention").asText().equals("enforced")) {
      add(problems, "nothing keeps it from being public; " + update("--public-access-prevention"));
    }
  }

  /** Another environment's bucket has other labels. */
  private void labels(JsonNode labels, List<Check> problems) {
    for (Map.Entry<String, String> label : new TreeMap<>(remedies.contract().labels()).entrySet()) {
      String found = labels.path(label.getKey()).asText();
      if (!found.equals(label.getValue())) {
        add(
            problems,
            "its label '%s' is '%s', and the contract's is '%s'; %s"
                .formatted(label.getKey(), found, label.getValue(), remedies.apply()));
      }
    }
  }

  private void add(List<Check> problems, String finding) {
    problems.add(new Check(subject(), Failure.Kind.MISMATCH, finding));
  }

  private String update(String option) {
    return "run 'gcloud storage buckets update gs://" + bucket + " " + option + "'";
  }
}
