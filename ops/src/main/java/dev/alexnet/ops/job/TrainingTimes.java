package dev.alexnet.ops.job;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.settings.SettingsBuilder;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.arithmetic.Processor;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.training.benchmark.BenchmarkSession;
import dev.alexnet.model.training.benchmark.BenchmarkSettings;
import dev.alexnet.model.training.benchmark.TrainingBenchmark;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Says how long the trainings of a job would take on this machine: a few steps of each distinct
 * network are measured, with drawn input. What reads, scores and converts pictures is not measured.
 */
public final class TrainingTimes {
  private static final double SECONDS = 2;
  private static final int MOST_STEPS = 20;
  private static final int UNKNOWN_CLASSES = 1000;

  private static final List<Setting<?>> OF_NETWORK =
      List.of(
          NetworkSettings.PRESET,
          NetworkSettings.WITHOUT,
          NetworkSettings.ACTIVATION,
          NetworkSettings.BATCH,
          NetworkSettings.PRECISION,
          NetworkSettings.DEVICES);

  private final ObjectStore store;
  private final TrainingBenchmark benchmark;

  @Inject
  public TrainingTimes(ObjectStore store, TrainingBenchmark benchmark) {
    this.store = requireNonNull(store, "store is null");
    this.benchmark = requireNonNull(benchmark, "benchmark is null");
  }

  /** How many images a dataset has, and of how many classes. */
  private record Images(long images, int classes) {}

  /** The machine that is measured, in words. */
  public static String machine() {
    return "%s, %d cores"
        .formatted(Processor.ofThisMachine().name(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * Measures the networks of the trainings that are not done.
   *
   * @param steps of the whole job
   * @param notices is told which network is measured, or why one cannot be
   * @return by the name of the step
   */
  public Map<String, TrainingTime> of(
      List<JobStep> steps, Forecast forecast, Consumer<String> notices) {
    Map<String, List<JobStep>> byName =
        steps.stream().collect(Collectors.groupingBy(JobStep::name));
    Map<Map<String, String>, Optional<Double>> rates = new HashMap<>();
    Map<String, TrainingTime> times = new LinkedHashMap<>();
    for (Forecast.StepForecast open : forecast.steps()) {
      JobStep step = byName.get(open.name()).get(0);
      if (open.state() != Forecast.State.DONE && step.commandLine().get(0).equals("train")) {
        Map<String, String> settings = settingsOf(step);
        Optional<Images> data = images(settings.getOrDefault("data", ""), steps);
        Map<String, String> network = network(settings, data);
        rates
            .computeIfAbsent(network, missing -> rate(network, notices))
            .ifPresent(rate -> times.put(step.name(), time(settings, data, rate)));
      }
    }
    return times;
  }

  private static Map<String, String> settingsOf(JobStep step) {
    return step.settings().stream()
        .collect(Collectors.toMap(EffectiveSetting::name, EffectiveSetting::value));
  }

  private static TrainingTime time(
      Map<String, String> settings, Optional<Images> data, double rate) {
    long steps = Long.parseLong(settings.get("steps"));
    long batch = Long.parseLong(settings.get(NetworkSettings.BATCH.name()));
    long epochs = Long.parseLong(settings.get("epochs"));
    Optional<Long> images =
        steps > 0 ? Optional.of(steps * batch) : data.map(known -> epochs * known.images());
    return new TrainingTime(
        rate, images.map(count -> Duration.ofMillis(Math.round(1e3 * count / rate))));
  }

  private static Map<String, String> network(Map<String, String> settings, Optional<Images> data) {
    Map<String, String> network = new LinkedHashMap<>();
    OF_NETWORK.forEach(
        setting -> network.put(setting.name(), settings.getOrDefault(setting.name(), "")));
    network.put(
        NetworkSettings.CLASSES.name(),
        String.valueOf(data.map(Images::classes).orElse(UNKNOWN_CLASSES)));
    return network;
  }

  /** Images a second; empty if this machine cannot train the network. */
  private Optional<Double> rate(Map<String, String> network, Consumer<String> notices) {
    String name =
        network.values().stream()
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining(" "));
    SettingsBuilder<BenchmarkSettings> builder = BenchmarkSettings.builder();
    OF_NETWORK.forEach(setting -> set(builder, setting, network));
    set(builder, NetworkSettings.CLASSES, network);
    try (BenchmarkSession session = benchmark.open(builder.build(), notices)) {
      double seconds = 0;
      for (int step = 0; step < MOST_STEPS && seconds < SECONDS; step++) {
        seconds += session.step();
      }
      double rate = session.result().imagesPerSecond();
      notices.accept(String.format(Locale.ROOT, "Measured %s: %,.0f images/s", name, rate));
      return Optional.of(rate);
    } catch (Failure e) {
      notices.accept("%s cannot be measured here: %s".formatted(name, e.getMessage()));
      return Optional.empty();
    }
  }

  private static <T> void set(
      SettingsBuilder<BenchmarkSettings> builder, Setting<T> setting, Map<String, String> network) {
    String text = network.get(setting.name());
    if (!text.isEmpty()) {
      builder.set(setting, setting.parse(text));
    }
  }

  /** The images that are there, or that the job will draw; empty if the job will find them. */
  private Optional<Images> images(String data, List<JobStep> steps) {
    if (data.isEmpty()) {
      return Optional.empty();
    }
    Location place = new Location(data);
    if (Dataset.isAt(store, place)) {
      Dataset dataset = Dataset.open(store, place);
      return Optional.of(
          new Images(dataset.manifest().records(), dataset.manifest().classes().size()));
    }
    return maker("convert", place, steps)
        .flatMap(convert -> maker("synth", new Location(convert.get("input")), steps))
        .map(TrainingTimes::drawn);
  }

  private static Optional<Map<String, String>> maker(
      String command, Location place, List<JobStep> steps) {
    return steps.stream()
        .filter(step -> step.commandLine().get(0).equals(command))
        .filter(step -> step.directory().equals(place))
        .findFirst()
        .map(TrainingTimes::settingsOf);
  }

  private static Images drawn(Map<String, String> synth) {
    int classes = Integer.parseInt(synth.get("classes"));
    return new Images(classes * Long.parseLong(synth.get("train-per-class")), classes);
  }

  /** The times of all trainings one after the other; empty if one of them is not known. */
  public static Optional<Duration> total(Map<String, TrainingTime> times) {
    return times.values().stream().allMatch(time -> time.duration().isPresent())
        ? times.values().stream().map(time -> time.duration().get()).reduce(Duration::plus)
        : Optional.empty();
  }
}
