package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.ops.environment.MachineProfile;
import java.util.List;

/** Whether the zones of the contract's profile offer its GPU. */
record ZonesCheck(Remedies remedies) implements EnvironmentCheck {
  private MachineProfile profile() {
    return remedies.contract().profileNamed(remedies.contract().profile());
  }

  @Override
  public String subject() {
    return "zones with " + profile().accelerator();
  }

  @Override
  public List<Check> look(CloudApi api) {
    String filter = UrlText.encode("name = \"" + profile().accelerator() + "\"");
    JsonNode items =
        api.get(
                "compute.googleapis.com",
                "/compute/v1/projects/"
                    + remedies.contract().project()
                    + "/aggregated/acceleratorTypes?filter="
                    + filter)
            .path("items");
    // Zones without it are listed too, with a warning in place of the type.
    List<String> missing =
        profile().zones().stream()
            .filter(zone -> items.path("zones/" + zone).path("acceleratorTypes").isEmpty())
            .toList();
    return List.of(
        missing.isEmpty()
            ? Check.good(subject(), String.join(", ", profile().zones()))
            : new Check(
                subject(),
                Failure.Kind.MISMATCH,
                "%s %s not offer it; correct the profile '%s' in terraform/modules/profile/profiles.tf, then %s"
                    .formatted(
                        String.join(", ", missing),
                        missing.size() == 1 ? "does" : "do",
                        remedies.contract().profile(),
                        remedies.apply())));
  }
}
