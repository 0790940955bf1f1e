package dev.alexnet.ops.launch.life;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.ops.launch.LaunchPlan;
import dev.alexnet.ops.launch.LaunchSettings;
import dev.alexnet.ops.launch.Offer;
import dev.alexnet.ops.launch.Provisioning;
import dev.alexnet.ops.launch.record.LaunchRecord;
import dev.alexnet.ops.launch.record.Limits;
import dev.alexnet.ops.launch.record.Policy;
import dev.alexnet.ops.launch.record.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Translates between what is asked for and what is recorded. */
final class PlannedRecord {
  private PlannedRecord() {}

  /**
   * The record of a run that is planned, without attempts.
   *
   * @param jobFile the SHA-256 of the job file
   */
  static LaunchRecord of(LaunchPlan plan, String jobFile) {
    LaunchSettings settings = plan.settings();
    String profile = settings.profile().isEmpty() ? plan.contract().profile() : settings.profile();
    // Not every machine can be had on all terms that were asked for.
    List<Provisioning> provisioning =
        plan.offers().stream().map(Offer::provisioning).distinct().toList();
    List<String> zones = plan.offers().stream().map(Offer::zone).distinct().toList();
    return LaunchRecord.of(
        settings.run().value(),
        plan.contract().environment(),
        new Work(settings.image(), profile, jobFile, settings.deterministic()),
        new Policy(
            provisioning, zones, settings.maxQueueWait().toSeconds(), settings.maxAttempts()),
        new Limits(boxed(settings.maxHours()), boxed(settings.maxCost())));
  }

  private static Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  /**
   * The settings that a run was launched with, except where others are given now.
   *
   * @param jobFile the one to launch it with
   */
  static LaunchSettings settings(LaunchRecord record, LaunchSettings given, Location jobFile) {
    LaunchSettings recorded =
        LaunchSettings.builder()
            .set(LaunchSettings.RUN, record.run())
            .set(LaunchSettings.CONFIG, jobFile)
            .set(LaunchSettings.IMAGE, record.work().image())
            .set(LaunchSettings.PROFILE, record.work().profile())
            .set(LaunchSettings.DETERMINISTIC, record.work().deterministic())
            .set(LaunchSettings.PROVISIONING, record.policy().provisioning())
            .set(LaunchSettings.ZONES_TO_TRY, String.join(",", record.policy().zones()))
            .set(
                LaunchSettings.MAX_QUEUE_WAIT,
                (int) Duration.ofSeconds(record.policy().maxQueueSeconds()).toMinutes())
            .set(LaunchSettings.MAX_ATTEMPTS, record.policy().maxAttempts())
            .set(LaunchSettings.MAX_HOURS, record.limits().maxHours())
            .set(LaunchSettings.MAX_COST, record.limits().maxCost())
            .build();
    return LaunchSettings.DEFINITION.parse(
        merged(recorded.arguments(), given.arguments(), record.run()), new ArrayList<>());
  }

  private static List<String> merged(List<String> recorded, List<String> given, String run) {
    List<String> options = new ArrayList<>(given);
    // The run itself is not an option.
    options.remove(run);
    for (String argument : recorded) {
      String name = argument.substring(0, argument.indexOf('=') + 1);
      if (!name.isEmpty() && given.stream().noneMatch(other -> other.startsWith(name))) {
        options.add(argument);
      }
    }
    options.add("--" + LaunchSettings.RUN.name() + "=" + run);
    return options;
  }
}
