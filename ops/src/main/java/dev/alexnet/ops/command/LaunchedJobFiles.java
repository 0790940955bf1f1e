package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.training.TrainingSettings;
import dev.alexnet.ops.job.EffectiveSetting;
import dev.alexnet.ops.job.JobStep;
import dev.alexnet.ops.launch.ContainerCommand;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.planning.JobFile;
import dev.alexnet.ops.planning.JobPlanner;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.selection.ClassSelection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the job file of a launch, and checks it as the machine will. */
final class LaunchedJobFiles {
  private static final String TRAIN = "train";
  private static final String CONVERT = "convert";

  /** Options whose places are on the machine that runs the job, and are made there. */
  private static final List<String> OF_THE_MACHINE =
      List.of(TrainingSettings.SCRATCH.name(), ConvertSettings.UNPACK_TO.name());

  private final ObjectStore store;
  private final JobPlanner planner;

  @Inject
  LaunchedJobFiles(ObjectStore store, JobPlanner planner) {
    this.store = requireNonNull(store, "store is null");
    this.planner = requireNonNull(planner, "planner is null");
  }

  /** What to call it. */
  String name(LaunchPlan plan) {
    return plan.settings().config() == null
        ? RunCommand.EMBEDDED
        : plan.settings().config().value();
  }

  byte[] read(LaunchPlan plan) {
    return plan.settings().config() == null
        ? RunCommand.embedded()
        : store.readAll(plan.settings().config());
  }

  /**
   * @throws Failure of kind USAGE that lists everything that is wrong with it
   */
  void check(LaunchPlan plan, byte[] yaml) {
    String where = name(plan);
    List<JobFile.Entry> sections = JobFile.read(yaml, where);
    if (sections.stream().noneMatch(section -> section.key().equals(TRAIN))) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s has no section '%s', so nothing in it needs a GPU; run it where a processor is enough: alexnet run --workdir %s"
              .formatted(where, TRAIN, plan.workdir()));
    }
    List<JobStep> steps = planner.plan(sections, where, plan.workdir(), ofMachine(plan));
    Problems problems = new Problems(where);
    checkPlaces(steps, problems);
    steps.forEach(step -> check(step, plan, problems));
    problems.throwIfAny();
  }

  /** What would fail on the machine once it is paid for. */
  private static void check(JobStep step, LaunchPlan plan, Problems problems) {
    if (!plan.settings().deterministic()) {
      value(step, TrainingSettings.DETERMINISTIC)
          .filter("true"::equals)
          .ifPresent(
              given ->
                  problems.add(
                      "%s of %s needs a variable of the machine's environment; launch with --%s, which sets it",
                      TrainingSettings.DETERMINISTIC.name(),
                      step.name(),
                      LaunchSettings.DETERMINISTIC.name()));
    }
    value(step, NetworkSettings.DEVICES)
        .filter(devices -> !usesGpus(devices, plan.machine().accelerators()))
        .ifPresent(
            devices ->
                problems.add(
                    "%s of %s is %s, which does not use the machine's %s; remove it, or name whole GPUs",
                    NetworkSettings.DEVICES.name(),
                    step.name(),
                    devices,
                    Quantity.of(plan.machine().accelerators(), "GPU")));
  }

  /** Several steps can read the same place, such as both conversions. */
  private static void checkPlaces(List<JobStep> steps, Problems problems) {
    Map<Place, List<String>> local = new LinkedHashMap<>();
    for (JobStep step : steps) {
      for (Place place : places(step)) {
        if (!place.location().isCloud() && !OF_THE_MACHINE.contains(place.option())) {
          local.computeIfAbsent(place, missing -> new ArrayList<>()).add(step.name());
        }
      }
    }
    local.forEach(
        (place, readers) ->
            problems.add(
                "%s of %s is %s, which is on this machine, where the job cannot read it; copy it to a bucket with 'gcloud storage cp', and name that copy",
                place.option(), String.join(" and ", readers), place.location()));
  }

  private record Place(String option, Location location) {}

  private static List<Place> places(JobStep step) {
    List<Place> places = new ArrayList<>();
    new TreeMap<>(step.givenPlaces())
        .forEach(
            (option, given) -> given.forEach(location -> places.add(new Place(option, location))));
    // Of another command, such as synth, it is a number.
    value(step, ConvertSettings.CLASSES)
        .filter(classes -> step.commandLine().get(0).equals(CONVERT))
        .filter(ClassSelection::isFile)
        .ifPresent(
            file -> places.add(new Place(ConvertSettings.CLASSES.name(), new Location(file))));
    return places;
  }

  private static boolean usesGpus(String devices, int gpus) {
    return devices.equals(Placement.AUTO)
        || Arrays.stream(devices.split(",", -1))
            .allMatch(each -> !each.contains("/") && isAmong(Device.parse(each), gpus));
  }

  private static boolean isAmong(Device device, int gpus) {
    return device.gpu() && device.index() < gpus;
  }

  private static Optional<String> value(JobStep step, Setting<?> setting) {
    return step.settings().stream()
        .filter(one -> one.name().equals(setting.name()))
        .map(EffectiveSetting::value)
        .findFirst();
  }

  private static Map<String, String> ofMachine(LaunchPlan plan) {
    Map<String, String> values = new TreeMap<>(new ContainerCommand(plan).options(1));
    values.keySet().retainAll(RunSettings.OF_MACHINE.stream().map(Setting::name).toList());
    return values;
  }
}
