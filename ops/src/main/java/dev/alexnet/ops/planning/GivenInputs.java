package dev.alexnet.ops.planning;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.job.Fingerprint;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.PlannedStep.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a step reads that no step of the job makes.
 *
 * @param command that reads it, with its options parsed
 * @param places by the option that gives them
 * @param products what an option expects at a place, if a step could have made it
 */
record GivenInputs(
    ObjectStore store,
    PlannedCommand command,
    Map<String, List<Location>> places,
    Map<String, Product> products) {

  GivenInputs {
    requireNonNull(store, "store is null");
    requireNonNull(command, "command is null");
    places = Map.copyOf(places);
    products = Map.copyOf(products);
  }

  /** As {@link JobStep#givenInputs} defines them. */
  SortedMap<String, String> fingerprints() {
    SortedMap<String, String> fingerprints = new TreeMap<>();
    places.forEach(
        (option, given) ->
            fingerprint(option, given)
                .ifPresent(found -> fingerprints.put(JobStep.GIVEN + option, found)));
    return fingerprints;
  }

  /**
   * As {@link JobStep#requireGivenInputs}.
   *
   * @param step the name of the step
   */
  void require(String step, boolean anew) {
    places.forEach(
        (option, given) -> {
          if (products.containsKey(option)) {
            given.stream()
                .filter(place -> !store.exists(place) && !store.isDirectory(place))
                .findFirst()
                .ifPresent(
                    missing -> {
                      throw new Failure(
                          Failure.Kind.INPUT_MISSING,
                          "%s: there is nothing at %s, which --%s names; correct it"
                              .formatted(step, missing, option));
                    });
          }
        });
    places.keySet().forEach(option -> command.requireInput(option, anew));
  }

  /** Empty if one of the places does not exist. */
  private Optional<String> fingerprint(String option, List<Location> given) {
    if (!given.stream().allMatch(place -> store.exists(place) || store.isDirectory(place))) {
      return Optional.empty();
    }
    try {
      Optional<String> known = command.fingerprint(option);
      if (known.isPresent()) {
        return known;
      }
    } catch (Failure e) {
      if (e.kind() == Failure.Kind.INPUT_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
    List<String> all =
        given.stream()
            .map(place -> identity(option, place))
            .flatMap(identity -> Fingerprint.of(store, identity).stream())
            .toList();
    return Optional.of(all)
        .filter(found -> found.size() == given.size())
        .map(found -> String.join(" ", found));
  }

  private Location identity(String option, Location place) {
    Product product = products.get(option);
    return product == null ? place : product.identity(place);
  }
}
