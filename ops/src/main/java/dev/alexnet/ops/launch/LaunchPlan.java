package dev.alexnet.ops.launch;

import static java.util.Objects.requireNonNull;

import com.google.cloud.batch.v1.Job;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.environment.EnvironmentContract;
import dev.alexnet.ops.environment.MachineProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a new run needs, checked against the environment before anything is submitted. */
public record LaunchPlan(
    EnvironmentContract contract, LaunchSettings settings, MachineProfile machine) {

  public LaunchPlan {
    requireNonNull(contract, "contract is null");
    requireNonNull(settings, "settings is null");
    requireNonNull(machine, "machine is null");
  }

  /**
   * @throws Failure of kind USAGE that lists what the environment does not offer
   */
  public static LaunchPlan of(EnvironmentContract contract, LaunchSettings settings) {
    MachineProfile machine =
        contract.profileNamed(
            settings.profile().isEmpty() ? contract.profile() : settings.profile());
    LaunchPlan plan = new LaunchPlan(contract, settings, machine);
    plan.check();
    return plan;
  }

  private void check() {
    Problems problems = new Problems("launch");
    String repository = contract.imageRepository();
    problems.require(
        settings.image().startsWith(repository + "/"),
        settings.image().isEmpty()
            ? "image is missing; 'gcloud artifacts docker images list %s' shows what there is, with digests"
            : "image is not in %s, the only repository from which jobs may pull; push it there",
        repository);
    settings
        .zones()
        .forEach(
            zone ->
                problems.require(
                    machine.zones().contains(zone),
                    "zones names %s, which does not offer %s; %s do",
                    zone,
                    machine.machineType(),
                    String.join(", ", machine.zones())));
    problems.require(
        !offers().isEmpty(),
        "provisioning is flex-start alone, which %s cannot have; it is for machine types that have GPUs of their own",
        machine.machineType());
    problems.require(
        settings.maxCost().isEmpty() || machine.hourlyPrice() != null,
        "max-cost cannot be kept, because the contract has no hourly_price for %s; give --max-hours",
        machine.machineType());
    problems.throwIfAny();
    new LeastCeiling(this).check(problems);
    problems.throwIfAny();
  }

  public RunName run() {
    return settings.run();
  }

  /** The run's work directory. */
  public Location workdir() {
    return run().workdir(contract);
  }

  /** In the order in which they are tried: for each kind of provisioning each zone. */
  public List<Offer> offers() {
    List<String> zones = settings.zones().isEmpty() ? machine.zones() : settings.zones();
    List<Offer> offers = new ArrayList<>();
    settings.provisioning().stream()
        .filter(this::isPossible)
        .forEach(terms -> zones.forEach(zone -> offers.add(new Offer(terms, zone))));
    return offers;
  }

  /** Terms that were asked for and that the machine cannot have. */
  List<Provisioning> impossible() {
    return settings.provisioning().stream().filter(terms -> !isPossible(terms)).toList();
  }

  /** Google starts flexibly only machine types that have GPUs of their own. */
  boolean isPossible(Provisioning terms) {
    return terms != Provisioning.FLEX_START || !machine.hasAttachedAccelerators();
  }

  /**
   * The list price of the machine on these terms, in US dollars an hour; empty if the contract has
   * none.
   */
  public OptionalDouble hourlyPrice(Provisioning terms) {
    MachineProfile.HourlyPrice price = machine.hourlyPrice();
    if (price == null) {
      return OptionalDouble.empty();
    }
    // A flexible start has a discount that depends on the machine: the full price is an upper
    // bound, so that a ceiling holds.
    return OptionalDouble.of(terms == Provisioning.SPOT ? price.spot() : price.standard());
  }

  /**
   * How long the first machine may work on these terms, so that the run keeps its ceiling; empty if
   * it has none.
   */
  public Optional<Duration> longest(Provisioning terms) {
    return MachineTime.within(settings.maxHours(), settings.maxCost(), hourlyPrice(terms));
  }

  /** The job of an attempt. */
  public Job job(Proposal proposal) {
    return new JobSpecification(this).job(proposal.attempt(), proposal.offer(), proposal.longest());
  }

  /** The job of the first attempt. */
  public Job firstJob() {
    return job(Proposal.first(this));
  }
}
