package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.environment.MachineProfile;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Whether a machine of the contract's profile fits into the quotas, as Spot and as standard. */
record QuotaCheck(EnvironmentContract contract) implements EnvironmentCheck {
  private static final String SERVICE = "compute.googleapis.com";
  private static final String GLOBAL = "GPUS_ALL_REGIONS";

  private MachineProfile profile() {
    return contract.profileNamed(contract.profile());
  }

  @Override
  public String subject() {
    return "quotas";
  }

  @Override
  public List<Check> look(CloudApi api) {
    String project = "/compute/v1/projects/" + contract.project();
    JsonNode region =
        api.get(
            SERVICE,
            project + "/regions/" + contract.region() + "?fields=quotas,quotaStatusWarning");
    JsonNode whole = api.get(SERVICE, project + "?fields=quotas");
    MachineProfile.Quota quota = profile().quota();
    return List.of(
        check(quota.standard(), contract.region(), region),
        check(quota.spot(), contract.region(), region),
        check(GLOBAL, "", whole));
  }

  /**
   * @param region empty for a quota of all regions together
   */
  private Check check(String metric, String region, JsonNode answer) {
    String subject = "quota " + metric;
    String place = region.isEmpty() ? "all regions" : region;
    Optional<JsonNode> found =
        StreamSupport.stream(answer.path("quotas").spliterator(), false)
            .filter(quota -> quota.path("metric").asText().equals(metric))
            .findFirst();
    if (found.isEmpty()) {
      return unknown(subject, place, answer.path("quotaStatusWarning"));
    }
    // Whole numbers, which Google writes as 2.0.
    long limit = found.get().path("limit").asLong();
    long used = found.get().path("usage").asLong();
    int needed = profile().accelerators();
    String finding = limit + " in " + place;
    if (limit < needed) {
      return new Check(
          subject,
          Failure.Kind.MISMATCH,
          "%s, but %s needs %d; request more from Google with '%s'"
              .formatted(finding, profile().machineType(), needed, request(metric, region)));
    }
    return Check.good(
        subject,
        finding
            + (used == 0 ? "" : ", of which " + used + " in use")
            + (limit - used < needed ? ": a job waits until they are free" : ""));
  }

  private Check unknown(String subject, String place, JsonNode warning) {
    return warning.isMissingNode()
        ? new Check(
            subject,
            Failure.Kind.MISMATCH,
            "%s has no quota of this name; correct the profile '%s' in terraform/modules/profile/profiles.tf"
                .formatted(place, contract.profile()))
        : new Check(
            subject,
            Failure.Kind.REMOTE,
            "Google cannot tell the quotas of %s now (%s); run this again later"
                .formatted(place, warning.path("message").asText()));
  }

  /** Cloud Quotas writes a metric's name with dashes, and its scope after it. */
  private String request(String metric, String region) {
    String id = metric.replace('_', '-');
    return "gcloud beta quotas preferences create --service="
        + SERVICE
        + " --project="
        + contract.project()
        + (region.isEmpty()
            ? " --quota-id=" + id + "-per-project"
            : " --quota-id=" + id + "-per-project-region --dimensions=region=" + region)
        + " --preferred-value="
        + profile().accelerators();
  }
}
