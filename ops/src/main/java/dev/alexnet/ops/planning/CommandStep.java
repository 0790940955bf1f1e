package dev.alexnet.ops.planning;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.planning.PlannedStep.Product;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command as a step of the job.
 *
 * @param origin where the job file asks for it
 * @param products the places of everything that the step makes
 * @param given what it reads that no step makes
 */
record CommandStep(
    String name,
    Origin origin,
    List<String> commandLine,
    List<EffectiveSetting> settings,
    Location directory,
    List<Location> inputs,
    Map<Product, Location> products,
    GivenInputs given,
    OutputVerifier verifier)
    implements JobStep {

  /**
   * Where a job file asks for a step.
   *
   * @param variant empty if the section has none
   * @param part of the section; empty if it has none
   * @param references the variants whose products it reads, by option, as the job file names them
   */
  record Origin(String section, String variant, String part, Map<String, String> references) {
    Origin {
      references = Map.copyOf(references);
    }
  }

  CommandStep {
    commandLine = List.copyOf(commandLine);
    settings = List.copyOf(settings);
    inputs = List.copyOf(inputs);
    // In the order of the products, whatever the order of the map.
    products = Collections.unmodifiableMap(new EnumMap<>(products));
  }

  @Override
  public Map<String, String> givenInputs() {
    return given.fingerprints();
  }

  @Override
  public Map<String, List<Location>> givenPlaces() {
    return given.places();
  }

  @Override
  public void requireGivenInputs(boolean anew) {
    given.require(name, anew);
  }

  @Override
  public void requireMachine() {
    given.command().requireMachine();
  }

  @Override
  public void confirmGivenInputs() {
    given.command().confirmInputs();
  }

  @Override
  public List<Location> outputs() {
    return products.entrySet().stream()
        .map(product -> product.getKey().identity(product.getValue()))
        .toList();
  }

  @Override
  public boolean isIntact(Progress progress) {
    // Several products can share a place: the converted dataset can be the training data.
    Set<Location> verified = new HashSet<>();
    return products.entrySet().stream()
        .filter(product -> verified.add(product.getValue()))
        .allMatch(product -> verifier.isIntact(product.getKey(), product.getValue(), progress));
  }
}
