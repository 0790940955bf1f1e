package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.convert.input.InputComparison;
import dev.alexnet.pipelines.convert.input.ReplacedPictures;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourcePart;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** The pictures that a conversion reads, compared with those that its output was made from. */
public final class ConvertInputs {
  private final ExistingDataset existing;
  private final PictureSource source;
  private final ConvertPlan plan;
  private final Optional<InputComparison> comparison;
  private NavigableSet<String> replaced;

  private ConvertInputs(
      ExistingDataset existing,
      PictureSource source,
      ConvertPlan plan,
      Optional<InputComparison> comparison) {
    this.existing = requireNonNull(existing, "existing is null");
    this.source = requireNonNull(source, "source is null");
    this.plan = requireNonNull(plan, "plan is null");
    this.comparison = comparison;
  }

  /** Lists the pictures. */
  static ConvertInputs of(ObjectStore store, ConvertSettings settings, PictureSource source) {
    ExistingDataset existing = new ExistingDataset(store, settings.output());
    Optional<InputComparison> comparison = InputComparison.with(store, settings.output());
    comparison.ifPresent(found -> existing.manifest().ifPresent(found::requireOf));
    SourcePart.Files files =
        comparison.map(SourcePart.Files.class::cast).orElse(SourcePart.Files.NONE);
    return new ConvertInputs(
        existing, source, ConvertPlan.of(store, settings, source, files), comparison);
  }

  ConvertPlan plan() {
    return plan;
  }

  /**
   * Refuses a dataset at the output that differs in one thing only, or was made from pictures that
   * were replaced since.
   *
   * @throws Failure of kind OUTPUT_EXISTS
   */
  public void refuseIfOther(Progress progress) {
    existing.refuseIfOther(plan, source);
    NavigableSet<String> others = replaced(progress);
    if (!others.isEmpty()) {
      throw existing.madeFromOthers(plan, ReplacedPictures.inWords(others));
    }
  }

  /** Reads pictures whose files have other times than when the dataset was made. */
  private NavigableSet<String> replaced(Progress progress) {
    if (replaced == null) {
      replaced =
          comparison.isPresent() && existing.identity().equals(Optional.of(plan.identity()))
              ? comparison.get().replaced(source, progress)
              : new TreeSet<>();
    }
    return replaced;
  }

  /**
   * Identifies the pictures: what they are named and how long they are. If the output was made from
   * others that are named so, or for other classes, this is added.
   */
  public String fingerprint(Progress progress) {
    if (existing.identity().filter(plan::differsInLabels).isPresent()) {
      return plan.fingerprint() + "; for " + plan.identity().get("labels");
    }
    NavigableSet<String> others = replaced(progress);
    return others.isEmpty()
        ? plan.fingerprint()
        : plan.fingerprint() + "; " + ReplacedPictures.inWords(others);
  }

  /** Records that files with other times were found to be the same, if none was replaced. */
  public void remember() {
    if (replaced != null && replaced.isEmpty()) {
      comparison.ifPresent(InputComparison::remember);
    }
  }
}
