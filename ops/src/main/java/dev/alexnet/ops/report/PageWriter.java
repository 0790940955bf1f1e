package dev.alexnet.ops.report;

import dev.alexnet.model.prediction.ModelDescription;
import dev.alexnet.ops.picture.ClassNames;
import dev.alexnet.ops.picture.NeighbourPicture;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.ops.report.Page.BinLine;
import dev.alexnet.ops.report.Page.Card;
import dev.alexnet.ops.report.Page.ClassLine;
import dev.alexnet.ops.report.Page.ConfusionLine;
import dev.alexnet.ops.report.Page.Fact;
import dev.alexnet.ops.report.Page.Facts;
import dev.alexnet.ops.report.Page.Guess;
import dev.alexnet.ops.report.Page.Headline;
import dev.alexnet.ops.report.Page.Image;
import dev.alexnet.ops.report.Page.Look;
import dev.alexnet.ops.report.Page.Neighbourhood;
import dev.alexnet.pipelines.score.Interval;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Puts what was gathered into the words of the page. */
final class PageWriter {
  private static final int CONFUSIONS = 10;
  private static final Set<String> LENGTHS = Set.of("epochs", "steps");

  private final ReportData data;
  private final ClassNames names;
  private final Scores scores;

  PageWriter(ReportData data) {
    this.data = data;
    this.names = data.names();
    this.scores = data.scores();
  }

  /**
   * @param pictures all that were drawn, by name
   */
  Page page(List<Picture> pictures) {
    List<Picture> curves = named(pictures, "loss", "top1-error", "top5-error", "learning-rate");
    List<Picture> filters =
        pictures.stream().filter(picture -> picture.name().startsWith("filters-")).toList();
    return new Page(
        "AlexNet report",
        subject(),
        scores.warnings(),
        headlines(),
        counts(),
        data.comparison().text(),
        images(curves),
        curvesNote(curves),
        images(filters),
        filters.isEmpty() ? "" : filtersNote(),
        cards(data.summary().samples()),
        samplesNote(),
        cards(data.summary().mistakes()),
        neighbours(),
        images(named(pictures, "confusion")),
        confusions(),
        confusionNote(),
        images(named(pictures, "reliability")),
        reliabilityNote(),
        bins(),
        images(named(pictures, "class-errors")),
        classes(),
        facts());
  }

  private static List<Picture> named(List<Picture> pictures, String... wanted) {
    return pictures.stream().filter(picture -> List.of(wanted).contains(picture.name())).toList();
  }

  private static List<Image> images(List<Picture> pictures) {
    return pictures.stream()
        .map(
            picture ->
                new Image(
                    picture.text(),
                    picture.width(),
                    picture.height(),
                    dataUri("image/png", picture.png(Theme.LIGHT)),
                    dataUri("image/png", picture.png(Theme.DARK))))
        .toList();
  }

  private static String dataUri(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }

  private String subject() {
    String models =
        scores.models().size() == 1
            ? "One network, " + scores.models().get(0).preset()
            : scores.models().size() + " networks together";
    return format(
        "%s, on %,d images of %,d classes; %s",
        models,
        scores.images(),
        scores.classes(),
        scores.views() == 1 ? "the centre of each image" : scores.views() + " views of each image");
  }

  private List<Headline> headlines() {
    if (scores.scored() == 0) {
      return List.of();
    }
    PaperComparison.Figure figure = data.comparison().figure();
    return List.of(
        headline(
            "Top-1 error",
            scores.top1Error(),
            scores.top1Interval(),
            figure == null ? "" : percent(figure.top1Error())),
        headline(
            "Top-5 error",
            scores.top5Error(),
            scores.top5Interval(),
            figure == null ? "" : percent(figure.top5Error())));
  }

  private Headline headline(String name, double error, Interval interval, String paper) {
    return new Headline(
        name,
        percent(error),
        format("95 %% interval %.1f to %.1f %%", 100 * interval.low(), 100 * interval.high()),
        format("%,d of %,d images", Math.round(error * scores.scored()), scores.scored()),
        paper);
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    counts.add(
        scores.scored() == 0
            ? (scores.unlabelled() == 0 ? "No image could be decoded" : "No image has a label")
                + ", so there is nothing to be right or wrong about."
            : format("%,d of %,d images were scored.", scores.scored(), scores.images()));
    addCount(counts, scores.unlabelled(), "have no label.", scores.scored() > 0);
    addCount(
        counts,
        scores.undecodable(),
        "could not be decoded.",
        scores.scored() + scores.unlabelled() > 0);
    addCount(counts, scores.rejected(), "more never came into the dataset.", true);
    addCount(counts, scores.tied(), "tie with another class, and count in part.", true);
    return String.join(" ", counts);
  }

  private static void addCount(List<String> counts, long images, String what, boolean wanted) {
    if (images > 0 && wanted) {
      counts.add(format("%,d %s", images, what));
    }
  }

  private String curvesNote(List<Picture> curves) {
    if (data.curves() == null) {
      return "No --training was given, so there are no learning curves.";
    }
    if (curves.isEmpty()) {
      return "The training logged no loss, no error and no learning rate.";
    }
    int values = data.curves().valuesInPoint("train/loss");
    return (values == 1
            ? "Each point of the training is the mean since the one before."
            : format("Each point of the training is the mean of %,d logged values.", values))
        + " Its errors are those with dropout and augmentation on, so they may lie above those of"
        + " the validation.";
  }

  private static String filtersNote() {
    return "What the first convolution looks for, tower by tower. All are on one scale, on which"
        + " grey is 0, so faint filters have small values.";
  }

  private String samplesNote() {
    if (data.summary().samples().isEmpty()) {
      return "No image could be decoded.";
    }
    return "Images spread evenly over the set, not chosen by how they came out."
        + data.picturesMissing();
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
              percent(probability),
              format("%.2f", 100 * probability),
              guess == label));
    }
    return new Card(
        jpeg == null ? "" : dataUri("image/jpeg", jpeg),
        row.prediction().image(),
        label < 0 ? "no label" : names.brief(label),
        label >= 0,
        guesses);
  }

  private List<Neighbourhood> neighbours() {
    return data.neighbours().stream()
        .limit(NeighbourPicture.MOST_ROWS)
        .map(
            row ->
                new Neighbourhood(
                    look(row.query()), row.neighbours().stream().map(PageWriter::look).toList()))
        .toList();
  }

  private static Look look(NeighbourPicture.Tile tile) {
    return new Look(
        dataUri("image/jpeg", tile.jpeg().get(0)), tile.name(), tile.distance(), tile.same());
  }

  private List<ConfusionLine> confusions() {
    Map<Integer, Long> imagesOfLabel = data.imagesOfLabel();
    return data.summary().confusions().mistakes().stream()
        .limit(CONFUSIONS)
        .map(
            confusion ->
                new ConfusionLine(
                    names.brief(confusion.truth()),
                    names.brief(confusion.guess()),
                    format("%,d", confusion.images()),
                    percent((double) confusion.images() / imagesOfLabel.get(confusion.truth()))))
        .toList();
  }

  private String confusionNote() {
    int mistakes = data.summary().confusions().mistakes().size();
    return mistakes == 0
        ? "No class was taken for another."
        : format(
            "A row a class, a column what its images were taken for. %,d pairs of classes were"
                + " confused; these are the most frequent.",
            mistakes);
  }

  private String reliabilityNote() {
    return format(
        "On the dashed line, a model is right as often as it says. The mean distance from it"
            + " (expected calibration error, ten bins) is %.1f points. The intervals are Wilson's; few"
            + " images leave much open.",
        100 * data.summary().reliability().calibrationError());
  }

  private List<BinLine> bins() {
    return data.summary().reliability().bins().stream()
        .map(
            bin ->
                new BinLine(
                    format("%.0f to %.0f %%", 100 * bin.from(), 100 * bin.to()),
                    format("%,d", bin.images()),
                    percent(bin.confidence()),
                    percent(bin.accuracy())))
        .toList();
  }

  private List<ClassLine> classes() {
    return data.summary().classes().stream()
        .map(
            errors ->
                new ClassLine(
                    names.full(errors.label()),
                    names.wnid(errors.label()),
                    errors.images(),
                    percent(errors.top1Error()),
                    errors.top1Error(),
                    percent(errors.top5Error()),
                    errors.top5Error(),
                    errors.takenFor() < 0 ? "" : names.brief(errors.takenFor()),
                    errors.takenForImages()))
        .toList();
  }

  private List<Facts> facts() {
    List<Facts> facts = new ArrayList<>();
    ModelDescription model = data.model();
    List<Fact> scoring = new ArrayList<>();
    scoring.add(new Fact("dataset", scores.dataset()));
    scoring.add(new Fact("SHA-256 of its manifest", scores.datasetHash()));
    if (data.manifest() != null) {
      scoring.add(new Fact("source", data.manifest().source()));
      scoring.add(new Fact("split", data.manifest().split()));
    }
    scoring.add(new Fact("views", String.valueOf(scores.views())));
    scoring.add(new Fact("batch", String.valueOf(scores.batch())));
    facts.add(new Facts("Scores", scoring));
    scores.models().forEach(each -> facts.add(facts(each)));
    List<Fact> training = new ArrayList<>();
    training.add(new Fact("parameters", format("%,d", model.parameters())));
    training.add(
        new Fact(
            "images",
            format(
                "%d × %d pixels, of which the network sees %d × %d",
                model.imageSize(), model.imageSize(), model.inputSize(), model.inputSize())));
    model.settings().entrySet().stream()
        .filter(setting -> isGiven(setting.getKey(), setting.getValue()))
        .forEach(setting -> training.add(new Fact(setting.getKey(), setting.getValue())));
    facts.add(new Facts("Training of the model that is shown", training));
    return facts;
  }

  /** What was not given is stored as empty; of epochs and steps one is 0, and the other counts. */
  private static boolean isGiven(String name, String value) {
    return !value.isBlank()
        && !value.equals("{}")
        && !(value.equals("0") && LENGTHS.contains(name));
  }

  private Facts facts(ScoredModel of) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("network", of.preset()));
    facts.add(new Fact("training steps", format("%,d", of.steps())));
    if (scores.models().size() > 1) {
      facts.add(new Fact("weight", format("%.3f", of.weight())));
    }
    facts.add(new Fact("SHA-256 of the SavedModel", of.hash()));
    facts.add(new Fact("SHA-256 of the training set's manifest", of.datasetHash()));
    return new Facts("Model " + of.directory(), facts);
  }

  private static String percent(double share) {
    return format("%.1f\u00a0%%", 100 * share);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
