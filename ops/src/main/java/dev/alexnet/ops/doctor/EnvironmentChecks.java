package dev.alexnet.ops.doctor;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Compares a contract with what Google says of the project. Nothing is changed. */
public final class EnvironmentChecks {
  private static final String CREDENTIALS = "credentials";

  private final CloudApi api;

  @Inject
  public EnvironmentChecks(CloudApi api) {
    this.api = requireNonNull(api, "api is null");
  }

  /**
   * @param image with its digest; empty for none
   */
  List<Check> of(EnvironmentContract contract, String image) {
    Remedies remedies;
    List<Check> checks = new ArrayList<>();
    try {
      remedies = new Remedies(contract, api.account());
    } catch (CloudException e) {
      return List.of(new Remedies(contract, "").of(CREDENTIALS, e));
    }
    checks.add(
        Check.good(
            CREDENTIALS,
            remedies.account().isEmpty()
                ? "Google does not tell whose they are"
                : remedies.account()));
    for (EnvironmentCheck check : all(remedies, image)) {
      try {
        checks.addAll(check.look(api));
      } catch (CloudException e) {
        checks.add(remedies.of(check.subject(), e));
        if (e.endsChecks()) {
          break;
        }
      } catch (Failure e) {
        checks.add(new Check(check.subject(), e.kind(), e.getMessage()));
      }
    }
    return checks;
  }

  /** In the order in which they are made: what others need comes first. */
  static List<EnvironmentCheck> all(Remedies remedies, String image) {
    EnvironmentContract contract = remedies.contract();
    List<EnvironmentCheck> checks = new ArrayList<>();
    checks.add(new ServicesCheck(contract.project()));
    checks.add(PermissionsCheck.onProject(remedies));
    checks.add(PermissionsCheck.onServiceAccount(contract.serviceAccounts().job(), remedies));
    checks.add(PermissionsCheck.onServiceAccount(contract.serviceAccounts().dataflow(), remedies));
    checks.add(new QuotaCheck(contract));
    checks.add(new ZonesCheck(remedies));
    checks.add(new SubnetworkCheck(remedies));
    checks.addAll(BucketCheck.all(remedies));
    checks.add(new RepositoryCheck(remedies));
    if (!image.isEmpty()) {
      checks.add(new ImageCheck(image, remedies));
    }
    return checks;
  }
}
