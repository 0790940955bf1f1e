package dev.alexnet.ops.launch;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.Settings;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.settings.SettingsDefinition;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.environment.PinnedImage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What to launch, where, and within which limits. */
public final class LaunchSettings extends Settings {
  private static final long serialVersionUID = 1L;

  private static final Pattern ZONE = Pattern.compile("[a-z0-9-]+");
  private static final long LONGEST_HOURS = 14 * 24;
  private static final long HIGHEST_COST = 1_000_000;

  public static final Setting<String> RUN =
      Setting.text("run")
          .required()
          .positional()
          .label("RUN")
          .mustBe(RunName.RULE, RunName::isValid)
          .description(
              "The name of the run, which is its directory in the environment's bucket for runs. A run that was launched before is followed, and continued if it stopped.");

  public static final Setting<Location> ENVIRONMENT =
      Setting.location("environment")
          .defaultsTo(new Location("environment.json"))
          .description(
              "The contract of the environment, as 'terraform output -json contract' writes it.");

  public static final Setting<Location> CONFIG =
      Setting.location("config").description("The job file in YAML; by default the built-in job.");

  public static final Setting<String> IMAGE =
      Setting.text("image")
          .label("IMAGE")
          .mustBe(PinnedImage.RULE, PinnedImage::isValid)
          .ifLeftOut("the one that the run was launched with before")
          .description("The image that the job runs, with its digest. A new run needs one.");

  public static final Setting<String> PROFILE =
      Setting.text("profile")
          .label("NAME")
          .ifLeftOut("the environment's")
          .description("The machine: l4, t4, a100 or a100-80; by default the environment's.");

  public static final Setting<List<Provisioning>> PROVISIONING =
      Setting.choices("provisioning", Provisioning.class)
          .defaultsTo(List.of(Provisioning.SPOT, Provisioning.FLEX_START, Provisioning.STANDARD))
          .eachOnce()
          .label("TERMS")
          .description(
              "On which terms a machine may be had. They are tried from the cheapest on: spot, which may be taken away; flex-start, which waits for capacity; standard, at the full price.");

  public static final Setting<String> ZONES_TO_TRY =
      Setting.text("zones")
          .label("ZONE,...")
          .mustBe("zones with commas between them, each once", LaunchSettings::areZones)
          .ifLeftOut("all of the region's that offer the machine")
          .description(
              "The zones to try, in this order; by default all of the region's that offer the machine.");

  public static final Setting<Boolean> DETERMINISTIC =
      Setting.flag("deterministic")
          .description(
              "Makes GPUs give the same bits each time, at some cost in speed, so that a run that was stopped ends as one that was not.");

  public static final Setting<Integer> MAX_QUEUE_WAIT =
      Setting.integer("max-queue-wait")
          .defaultsTo(60)
          .between(5, 2880)
          .label("MINUTES")
          .description(
              "How long an attempt waits for a machine before the next zone or terms are tried.");

  public static final Setting<Double> MAX_HOURS =
      Setting.number("max-hours")
          .mustBe(
              "more than 0 and at most " + LONGEST_HOURS,
              hours -> 0 < hours && hours <= LONGEST_HOURS)
          .label("HOURS")
          .description(
              "How long machines may work for the run, all attempts together. The service itself stops a job at the limit.");

  public static final Setting<Double> MAX_COST =
      Setting.number("max-cost")
          .mustBe(
              "more than 0 and at most " + HIGHEST_COST,
              dollars -> 0 < dollars && dollars <= HIGHEST_COST)
          .label("DOLLARS")
          .description(
              "What the run's machines may cost at the environment's list prices, in US dollars, all attempts together. It is kept as a limit of time.");

  public static final Setting<Integer> MAX_ATTEMPTS =
      Setting.integer("max-attempts")
          .defaultsTo(10)
          .between(1, 999)
          .description(
              "How many attempts may get a machine before the launch ends. Those that only waited for one do not count.");

  public static final Setting<Boolean> YES =
      Setting.flag("yes").description("Launches without asking.");

  public static final Setting<Boolean> DRY_RUN =
      Setting.flag("dry-run")
          .description(
              "Only prints the first job, as 'gcloud batch jobs submit --config' takes it. Nothing is submitted or written.");

  public static final Setting<Boolean> DETACH =
      Setting.flag("detach").description("Submits the job and does not wait for it.");

  public static final Setting<Boolean> CANCEL_ON_INTERRUPT =
      Setting.flag("cancel-on-interrupt")
          .description(
              "Cancels the job if this command is interrupted, which otherwise only stops following it.");

  public static final SettingsDefinition<LaunchSettings> DEFINITION =
      SettingsDefinition.of(
              "launch",
              LaunchSettings::new,
              RUN,
              ENVIRONMENT,
              CONFIG,
              IMAGE,
              PROFILE,
              PROVISIONING,
              ZONES_TO_TRY,
              DETERMINISTIC,
              MAX_QUEUE_WAIT,
              MAX_HOURS,
              MAX_COST,
              MAX_ATTEMPTS,
              YES,
              DRY_RUN,
              DETACH,
              CANCEL_ON_INTERRUPT)
          .withRules(LaunchSettings::check);

  private LaunchSettings(Values values) {
    super(values);
  }

  public static SettingsBuilder<LaunchSettings> builder() {
    return DEFINITION.builder();
  }

  @Override
  public SettingsDefinition<LaunchSettings> definition() {
    return DEFINITION;
  }

  private void check(Problems problems) {
    problems.require(
        !(detach() && cancelOnInterrupt()),
        "detach and cancel-on-interrupt exclude each other: a command that does not wait is not interrupted");
  }

  public RunName run() {
    return new RunName(get(RUN));
  }

  public Location environment() {
    return get(ENVIRONMENT);
  }

  /** Null for the built-in one. */
  public Location config() {
    return get(CONFIG);
  }

  /** With its digest; empty where none is given. */
  public String image() {
    return get(IMAGE);
  }

  /** Empty for the environment's. */
  public String profile() {
    return get(PROFILE);
  }

  /** From the cheapest on. */
  public List<Provisioning> provisioning() {
    return get(PROVISIONING);
  }

  /** In full; empty for all of the region that offer the machine. */
  public List<String> zones() {
    return get(ZONES_TO_TRY).isEmpty() ? List.of() : split(get(ZONES_TO_TRY));
  }

  private static boolean areZones(String text) {
    List<String> zones = split(text);
    return zones.stream().allMatch(zone -> ZONE.matcher(zone).matches())
        && zones.stream().distinct().count() == zones.size();
  }

  private static List<String> split(String zones) {
    return List.of(zones.split(",", -1));
  }

  public boolean deterministic() {
    return get(DETERMINISTIC);
  }

  public Duration maxQueueWait() {
    return Duration.ofMinutes(get(MAX_QUEUE_WAIT));
  }

  /** Of machines' time, all attempts together; empty for no limit. */
  public OptionalDouble maxHours() {
    return optional(get(MAX_HOURS));
  }

  /** In US dollars, all attempts together; empty for no limit. */
  public OptionalDouble maxCost() {
    return optional(get(MAX_COST));
  }

  private static OptionalDouble optional(Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  public int maxAttempts() {
    return get(MAX_ATTEMPTS);
  }

  public boolean yes() {
    return get(YES);
  }

  public boolean dryRun() {
    return get(DRY_RUN);
  }

  public boolean detach() {
    return get(DETACH);
  }

  public boolean cancelOnInterrupt() {
    return get(CANCEL_ON_INTERRUPT);
  }
}
