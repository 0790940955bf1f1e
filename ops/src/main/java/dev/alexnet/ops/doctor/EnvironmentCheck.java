package dev.alexnet.ops.doctor;

import java.util.List;

/** Compares one thing that a contract names with what Google says of it. */
interface EnvironmentCheck {
  String subject();

  /**
   * Makes at most two requests.
   *
   * @return what was found, at least one
   * @throws CloudException if a request failed
   * @throws dev.alexnet.infra.failure.Failure if the contract names something impossible
   */
  List<Check> look(CloudApi api);
}
