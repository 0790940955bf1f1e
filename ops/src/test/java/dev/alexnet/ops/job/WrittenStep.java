package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small real step: appends its text to the content of its inputs, and writes both to {@code
 * out.txt}.
 */
final class WrittenStep implements JobStep {
  private final ObjectStore store;
  private final Location workdir;
  private final String name;
  private final String text;
  private final List<Location> inputs;
  private final AtomicInteger runs = new AtomicInteger();
  private Runnable beforeWriting = () -> {};
  private Failure failure;
  private Failure refusal;
  private boolean refusedEarly = true;
  private Map<String, String> given = Map.of();
  private String scratch = "";
  private boolean intact = true;
  private final List<EffectiveSetting> later = new ArrayList<>();

  WrittenStep(ObjectStore store, Location workdir, String name, String text, JobStep... before) {
    this.store = store;
    this.workdir = workdir;
    this.name = name;
    this.text = text;
    this.inputs = List.of(before).stream().flatMap(step -> step.outputs().stream()).toList();
  }

  /** Runs this during the step, after its directory exists and before its output does. */
  WrittenStep doing(Runnable action) {
    beforeWriting = action;
    return this;
  }

  WrittenStep killed() {
    return doing(
        () -> {
          throw new Failure(Failure.Kind.INTERRUPTED, name + " was killed");
        });
  }

  /** Uses a temporary directory of the machine. */
  WrittenStep with(String temporary) {
    scratch = temporary;
    return this;
  }

  /** Its work is done, and counts as failed. */
  WrittenStep failed(Failure why) {
    failure = why;
    return this;
  }

  /** Has an option that earlier versions of it did not have. */
  WrittenStep withOption(String option, String value, EffectiveSetting.Origin origin) {
    later.add(new EffectiveSetting(option, value, origin));
    return this;
  }

  /** Fails before it writes anything, but after it has made its directory and locked it. */
  WrittenStep refused(Failure why) {
    refusal = why;
    return this;
  }

  /** Fails likewise, and nobody can know it before. */
  WrittenStep refusedOnlyWhenRun(Failure why) {
    refusedEarly = false;
    return refused(why);
  }

  /** Reads something from outside of the job. */
  WrittenStep reading(Map<String, String> fingerprints) {
    given = fingerprints;
    return this;
  }

  /** Damages something beside its output, until the step runs again. */
  void damage() {
    intact = false;
  }

  int runs() {
    return runs.get();
  }

  String content() {
    return new String(store.readAll(output()), StandardCharsets.UTF_8);
  }

  Location output() {
    return directory().resolve("out.txt");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<EffectiveSetting> settings() {
    List<EffectiveSetting> settings = new ArrayList<>(later);
    settings.add(new EffectiveSetting("text", text, EffectiveSetting.Origin.GIVEN));
    settings.add(new EffectiveSetting("output", directory().value(), EffectiveSetting.Origin.JOB));
    settings.add(new EffectiveSetting("scratch", scratch, EffectiveSetting.Origin.GIVEN, true));
    return settings;
  }

  @Override
  public Location directory() {
    return workdir.resolve(name);
  }

  @Override
  public List<Location> inputs() {
    return inputs;
  }

  @Override
  public Map<String, String> givenInputs() {
    return given;
  }

  @Override
  public void requireGivenInputs(boolean anew) {
    if (refusal != null
        && refusedEarly
        && !(anew && refusal.kind() == Failure.Kind.OUTPUT_EXISTS)) {
      throw refusal;
    }
  }

  @Override
  public List<Location> outputs() {
    return List.of(output());
  }

  @Override
  public List<String> commandLine() {
    return List.of("write", "--text=" + text, "--output=" + directory());
  }

  @Override
  public boolean isIntact(Progress progress) {
    return intact;
  }

  /** Runs such steps. */
  static StepRunner runner() {
    return (step, progress) -> ((WrittenStep) step).run(progress);
  }

  private StepOutcome run(Progress progress) {
    intact = true;
    runs.incrementAndGet();
    if (refusal != null) {
      return DirectoryLock.holding(
          store,
          directory(),
          notice -> {},
          held -> {
            throw refusal;
          });
    }
    store.write(directory().resolve("begun.txt"), new byte[0]);
    beforeWriting.run();
    StringBuilder content = new StringBuilder();
    for (Location input : inputs) {
      content.append(new String(store.readAll(input), StandardCharsets.UTF_8));
    }
    content.append(text);
    store.write(output(), content.toString().getBytes(StandardCharsets.UTF_8));
    progress.report(1, 1, "files", "");
    return new StepOutcome("wrote " + content, Map.of("length", content.length()), failure, null);
  }
}
