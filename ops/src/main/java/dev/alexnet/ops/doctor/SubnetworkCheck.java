package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.EnvironmentContract;
import java.util.ArrayList;
import java.util.List;

/** Whether machines without an external address reach Google through the subnetwork. */
record SubnetworkCheck(Remedies remedies) implements EnvironmentCheck {
  private EnvironmentContract contract() {
    return remedies.contract();
  }

  private String name() {
    return contract().subnetwork().substring(contract().subnetwork().lastIndexOf('/') + 1);
  }

  @Override
  public String subject() {
    return "subnetwork " + name();
  }

  @Override
  public List<Check> look(CloudApi api) {
    JsonNode answer = api.get("compute.googleapis.com", "/compute/v1/" + contract().subnetwork());
    List<Check> problems = new ArrayList<>();
    // A full address, of which the contract has the end.
    String network = answer.path("network").asText();
    if (!network.endsWith("/" + contract().network())) {
      problems.add(
          new Check(
              subject(),
              Failure.Kind.MISMATCH,
              "it belongs to %s, and the contract's network is %s; %s"
                  .formatted(network, contract().network(), remedies.plan())));
    }
    if (!answer.path("privateIpGoogleAccess").asBoolean()) {
      problems.add(
          new Check(
              subject(),
              Failure.Kind.MISMATCH,
              "machines without an external address cannot reach Google through it; run 'gcloud compute networks subnets update %s --region=%s --project=%s --enable-private-ip-google-access'"
                  .formatted(name(), contract().region(), contract().project())));
    }
    return problems.isEmpty()
        ? List.of(Check.good(subject(), "it reaches Google without external addresses"))
        : problems;
  }
}
