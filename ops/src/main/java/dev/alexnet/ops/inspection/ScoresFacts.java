package dev.alexnet.ops.inspection;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Table;
import dev.alexnet.pipelines.score.ErrorWithin;
import dev.alexnet.pipelines.score.ImageCounts;
import dev.alexnet.pipelines.score.Predictions;
import dev.alexnet.pipelines.score.ScoredInputs;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.pipelines.score.SubsetErrors;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Inspected scores for machines, and as a table.
 *
 * @param scores as they are stored
 */
record ScoresFacts(String kind, Location directory, Scores scores) {

  static boolean isAt(ObjectStore store, Location directory) {
    return store.exists(directory.resolve(Scores.FILE));
  }

  static Inspection inspection(ObjectStore store, Location directory) {
    Scores scores = Scores.read(store, directory.resolve(Scores.FILE));
    ScoresFacts facts = new ScoresFacts("scores", directory, scores);
    List<Finding> findings =
        new ArrayList<>(
            DamagedFiles.findings(directory, scores.damagedFiles(store, directory), "score"));
    if (findings.isEmpty()) {
      otherTotals(store, directory, scores).ifPresent(findings::add);
    }
    return new Inspection(
        facts.kind(),
        "%,d images, %s top-1 error".formatted(scores.counts().images(), facts.top1()),
        facts.table()::on,
        facts,
        findings);
  }

  private static Optional<Finding> otherTotals(
      ObjectStore store, Location directory, Scores scores) {
    try {
      Predictions.requireTotals(store, directory, scores);
      return Optional.empty();
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
      return Optional.of(new Finding(directory.resolve(Scores.FILE).value(), null, e.getMessage()));
    }
  }

  private String top1() {
    return inWords(scores.rates().top1Error(), scores.rates().top1Interval());
  }

  private Table table() {
    ImageCounts counts = scores.counts();
    Table table = new Table("scores", directory.value());
    table.row(
        "images",
        String.format(
            Locale.ROOT,
            "%,d: %,d scored, %,d without a label, %,d undecodable",
            counts.images(),
            counts.scored(),
            counts.unlabelled(),
            counts.undecodable()));
    table.row("classes", String.format(Locale.ROOT, "%,d", counts.classes()));
    table.row("top-1 error", top1());
    if (counts.hasTop5Error()) {
      table.row("top-5 error", inWords(scores.rates().top5Error(), scores.rates().top5Interval()));
    }
    SubsetErrors subset = scores.rates().subset();
    if (subset != null) {
      String among = String.format(Locale.ROOT, " over the subset's %,d", subset.classes());
      table.row("top-1 error" + among, inWords(subset.within(1)));
      if (subset.hasTop5Error()) {
        table.row("top-5 error" + among, inWords(subset.within(5)));
      }
    }
    ScoredInputs.OtherTruth truth = scores.inputs().truth();
    if (truth != null) {
      table.row(
          "labels", truth.file() + ": " + Quantity.of(truth.ofNoClass(), "image") + " of no class");
    }
    table.row("views", String.valueOf(scores.mode().views()));
    table.row("rows", String.format(Locale.ROOT, "in %,d files", scores.predictions().size()));
    if (!scores.probabilities().isEmpty()) {
      table.row(
          "probabilities",
          String.format(
              Locale.ROOT,
              "of %s in %,d files",
              Quantity.of(scores.inputs().models().size(), "model"),
              scores.probabilities().size()));
    }
    return table;
  }

  private static String inWords(ErrorWithin error) {
    return inWords(error.error(), error.interval());
  }

  private static String inWords(Double error, Interval interval) {
    return error == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "%.1f %% (%.1f to %.1f)",
            100 * error,
            100 * interval.low(),
            100 * interval.high());
  }
}
