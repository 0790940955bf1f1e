package dev.alexnet.ops.doctor;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.PresetCheck;
import dev.alexnet.ops.environment.EnvironmentContract;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** Looks at the machine, the pictures and the cloud environment before hours are spent on them. */
public final class Doctor {
  private final ObjectStore store;
  private final EnvironmentChecks environment;

  @Inject
  public Doctor(ObjectStore store, EnvironmentChecks environment) {
    this.store = requireNonNull(store, "store is null");
    this.environment = requireNonNull(environment, "environment is null");
  }

  /**
   * @param progress hears of networks that are checked and of the bytes of archives that are read
   */
  public Diagnosis run(DoctorSettings settings, Progress progress) {
    // First, because a contract that cannot be read is a mistake in the settings.
    EnvironmentContract contract = contract(settings.environment());
    List<Check> checks = new ArrayList<>(MachineChecks.of(settings.requireGpus()));
    checks.addAll(ArithmeticChecks.ofKernels());
    List<PresetCheck> presets = ArithmeticChecks.presets(settings.arithmetic(), progress);
    checks.addAll(ArithmeticChecks.of(presets));
    List<String> nextSteps = new ArrayList<>();
    StorageCheck storage = new StorageCheck(store);
    List<Check> access =
        places(settings).stream()
            .filter(Location::isCloud)
            .map(location -> new Location("gs://" + location.bucket()))
            .distinct()
            .map(storage::listing)
            .toList();
    checks.addAll(access);
    boolean readable = areGood(access);
    if (readable && settings.output().isCloud()) {
      checks.add(storage.writing(settings.output()));
    }
    if (contract != null) {
      checks.addAll(environment.of(contract, settings.image()));
    }
    if (settings.input() == null) {
      checks.addAll(SpaceCheck.of(settings.output(), 0));
      if (areGood(checks)) {
        nextSteps.add("alexnet doctor --input DIRECTORY, where the pictures are; or alexnet run");
      }
    } else if (readable) {
      Pictures pictures = Pictures.examine(store, settings, progress);
      checks.addAll(pictures.checks());
      checks.addAll(SpaceCheck.of(settings.output(), pictures.count()));
      // Without problems of their own, pictures are to be converted, which others can prevent.
      if (areGood(checks) || !areGood(pictures.checks())) {
        nextSteps.addAll(pictures.nextSteps());
      }
    }
    return new Diagnosis(checks, ArithmeticChecks.kernels(presets), nextSteps);
  }

  private static boolean areGood(List<Check> checks) {
    return checks.stream().allMatch(Check::isGood);
  }

  /** Null where no environment is to be looked at. */
  private EnvironmentContract contract(Location location) {
    return location == null ? null : EnvironmentContract.at(store, location);
  }

  private static List<Location> places(DoctorSettings settings) {
    return settings.input() == null
        ? List.of(settings.output())
        : List.of(settings.input(), settings.output());
  }
}
