package dev.alexnet.ops.paper;

import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.pipelines.score.ScoredModel;
import dev.alexnet.pipelines.score.Scores;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the errors with those that the paper prints for the same networks, if set and views are
 * the same too.
 *
 * @param figure the paper's errors; null if none is comparable
 * @param text the comparison in sentences, or why there is none
 */
public record PaperComparison(PaperFigure figure, String text) {

  /**
   * @param dataset what was scored; null if it was not found
   * @param settings of the training of a model; empty if the model was not found
   */
  public static PaperComparison of(
      Scores scores,
      DatasetManifest dataset,
      Function<ScoredModel, Optional<Map<String, String>>> settings) {
    if (scores.counts().scored() == 0) {
      return none(
          scores.counts().unlabelled() == 0 ? "no image could be decoded" : "no image has a label");
    }
    if (scores.inputs().truth() != null) {
      return none(
          "the paper's errors are by the published labels, and these are by those of "
              + scores.inputs().truth().file());
    }
    if (dataset == null) {
      return none("the dataset that was scored was not found, so its set is unknown");
    }
    List<PaperFigure> ofSet =
        PaperFigure.ALL.stream().filter(figure -> figure.isOf(dataset)).toList();
    if (ofSet.isEmpty()) {
      return none(
          "the paper has errors of all of ILSVRC-2010 test and ILSVRC-2012 validation, and this is "
              + describe(dataset));
    }
    ScoredNetworks networks = ScoredNetworks.of(scores.inputs().models(), settings);
    if (!networks.others().isEmpty()) {
      return none(networks.others().get(0));
    }
    List<PaperFigure> ofNetworks =
        ofSet.stream()
            .filter(
                figure ->
                    figure.plain() == networks.plain()
                        && figure.pretrained() == networks.pretrained())
            .toList();
    if (ofNetworks.isEmpty()) {
      return none(
          "the paper's errors of %s are of %s, and these are of %s"
              .formatted(
                  ofSet.get(0).set(),
                  ofSet.stream()
                      .map(figure -> count(figure.plain(), figure.pretrained()))
                      .distinct()
                      .collect(Collectors.joining("; ")),
                  count(networks.plain(), networks.pretrained())));
    }
    if (scores.counts().undecodable() > 0 || scores.counts().unlabelled() > 0) {
      return none("not every image of the set was scored");
    }
    Optional<PaperFigure> figure =
        ofNetworks.stream().filter(each -> each.views() == scores.mode().views()).findFirst();
    if (figure.isEmpty()) {
      return none(
          "the paper's errors are of ten views of each image, and these are of "
              + (scores.mode().views() == 1 ? "one" : scores.mode().views())
              + "; score with --views 10");
    }
    return new PaperComparison(figure.get(), sentences(figure.get(), scores));
  }

  private static String count(int plain, int pretrained) {
    if (pretrained == 0) {
      return plain == 1 ? "one network" : plain + " networks";
    }
    if (plain == 0) {
      return pretrained == 1 ? "one pre-trained network" : pretrained + " pre-trained networks";
    }
    return "%d networks and %d pre-trained".formatted(plain, pretrained);
  }

  private static PaperComparison none(String why) {
    return new PaperComparison(null, "Not comparable with the paper: " + why + ".");
  }

  private static String describe(DatasetManifest dataset) {
    return String.format(
        Locale.ROOT,
        "another: %s, with %,d images of %,d classes",
        dataset.split(),
        dataset.records(),
        dataset.classes().size());
  }

  private static String sentences(PaperFigure figure, Scores scores) {
    return String.format(
        Locale.ROOT,
        "The paper has %.1f %% and %.1f %% on the same set, %s, with %s. %s %s",
        100 * figure.top1Error(),
        100 * figure.top5Error(),
        figure.set(),
        figure.views() == 1 ? "the centre alone" : "the same ten views",
        difference(
            "Top-1", scores.rates().top1Error(), figure.top1Error(), scores.rates().top1Interval()),
        difference(
            "Top-5",
            scores.rates().top5Error(),
            figure.top5Error(),
            scores.rates().top5Interval()));
  }

  private static String difference(String error, double ours, double paper, Interval interval) {
    boolean inside = paper >= interval.low() && paper <= interval.high();
    return String.format(
        Locale.ROOT,
        "%s is %.1f points %s, and the paper's value is %s the interval.",
        error,
        100 * Math.abs(ours - paper),
        ours < paper ? "lower" : "higher",
        inside ? "inside" : "outside");
  }
}
