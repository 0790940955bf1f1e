package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.report.Page.Card;
import dev.alexnet.ops.report.Page.Guess;
import dev.alexnet.ops.report.Page.NeighbourImage;
import dev.alexnet.ops.report.Page.Neighbourhood;
import dev.alexnet.ops.report.Page.Samples;
import java.util.ArrayList;
import java.util.List;

/** Shows single images: with the model's predictions, and with the images most similar to them. */
final class PictureCards {
  private final ReportData data;
  private final ClassNames names;

  PictureCards(ReportData data) {
    this.data = data;
    this.names = data.names();
  }

  Samples samples() {
    return new Samples(cards(data.summary().samples()), samplesNote());
  }

  List<Card> mistakes() {
    return cards(data.summary().mistakes());
  }

  private List<Card> cards(List<PredictionRow> rows) {
    return rows.stream().map(this::card).toList();
  }

  private Card card(PredictionRow row) {
    int label = (int) row.prediction().label();
    byte[] jpeg = data.files().get(row.row());
    List<Guess> guesses = new ArrayList<>();
    for (int i = 0; i < row.prediction().top5().size(); i++) {
      int guess = row.prediction().top5().get(i);
      double probability = row.prediction().probabilities().get(i);
      guesses.add(
          new Guess(
              names.brief(guess),
              Words.percent(probability),
              Words.format("%.2f", 100 * probability),
              guess == label));
    }
    return new Card(
        jpeg == null ? "" : Words.dataUri("image/jpeg", jpeg),
        row.prediction().image(),
        label < 0 ? "no label" : names.brief(label),
        label >= 0,
        guesses);
  }

  private String samplesNote() {
    if (data.summary().samples().isEmpty()) {
      return "No image could be decoded.";
    }
    return "Images spread evenly over the set, not selected by their result."
        + data.picturesMissing();
  }

  List<Neighbourhood> neighbours() {
    return data.neighbours().stream()
        .limit(NeighbourPicture.MOST_ROWS)
        .map(
            row ->
                new Neighbourhood(
                    neighbourImage(row.query()),
                    row.neighbours().stream().map(PictureCards::neighbourImage).toList()))
        .toList();
  }

  private static NeighbourImage neighbourImage(NeighbourPicture.Tile tile) {
    return new NeighbourImage(
        Words.dataUri("image/jpeg", tile.jpeg().get(0)), tile.name(), tile.distance(), tile.same());
  }
}
