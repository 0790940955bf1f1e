package dev.alexnet.ops.comparison;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetRows;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.ops.comparison.ComparisonPage.Card;
import dev.alexnet.ops.picture.ClassNames;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Images that only one of two gets right. */
final class DisagreementCards {
  private static final int MOST = 8;

  private final Optional<Dataset> dataset;
  private final Optional<ClassNames> names;

  DisagreementCards(Optional<Dataset> dataset) {
    this.dataset = dataset;
    this.names = dataset.map(found -> new ClassNames(found.manifest().labels()));
  }

  /** Why the images are not shown; empty if they are. */
  String picturesMissing() {
    return dataset.isPresent()
        ? ""
        : " They are not shown, because the dataset was not found; give its place with --data.";
  }

  List<Card> onlyFirst(ScoredRun first, ScoredRun second) {
    return cards(rows(first, second, first), first, second);
  }

  List<Card> onlySecond(ScoredRun first, ScoredRun second) {
    return cards(rows(second, first, second), first, second);
  }

  /** Rows that one gets right and the other does not, by the confidence of the first. */
  private static List<Integer> rows(ScoredRun right, ScoredRun wrong, ScoredRun confident) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < right.images().size(); row++) {
      ScoredImage one = right.images().get(row);
      if (one.scored() && one.top1Credit() > wrong.images().get(row).top1Credit()) {
        rows.add(row);
      }
    }
    rows.sort(
        Comparator.comparingDouble((Integer row) -> -confident.images().get(row).confidence())
            .thenComparing(row -> row));
    return rows.stream().limit(MOST).toList();
  }

  private List<Card> cards(List<Integer> rows, ScoredRun first, ScoredRun second) {
    Map<Long, ImageRecord> records =
        dataset
            .map(found -> DatasetRows.read(found, rows.stream().map(Integer::longValue).toList()))
            .orElse(Map.of());
    return rows.stream()
        .map(
            row -> card(first.images().get(row), second.images().get(row), records.get((long) row)))
        .toList();
  }

  private Card card(ScoredImage first, ScoredImage second, ImageRecord record) {
    if (record != null && !record.fileName().equals(first.id())) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has %s where the predictions name %s; score again"
              .formatted(dataset.orElseThrow().location(), record.fileName(), first.id()));
    }
    return new Card(
        record == null
            ? ""
            : "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(record.image()),
        first.id(),
        name((int) first.label()),
        guess(first),
        guess(second));
  }

  private String guess(ScoredImage of) {
    return String.format(Locale.ROOT, "%s, %.1f %%", name(of.guess()), 100 * of.confidence());
  }

  private String name(int label) {
    return names.map(known -> known.brief(label)).orElse("class " + label);
  }
}
