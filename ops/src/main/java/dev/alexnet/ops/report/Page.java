package dev.alexnet.ops.report;

import java.util.List;

/**
 * The content of the page, as text.
 *
 * @param title of the page
 * @param errors what was scored, and the errors
 * @param training curves of the training
 * @param filters of the first convolution
 * @param samples images spread over the set
 * @param mistakes those with the highest confidence
 * @param neighbours pictures with the images most similar to them; empty if none were given
 * @param confusion the matrix, and the most frequent confusions
 * @param reliability the diagram, and its numbers
 * @param classes the errors of each class
 * @param facts settings and hashes
 */
record Page(
    String title,
    ErrorSummary errors,
    Figures training,
    Figures filters,
    Samples samples,
    List<Card> mistakes,
    List<Neighbourhood> neighbours,
    Confusions confusion,
    ReliabilityTable reliability,
    ClassTable classes,
    List<Facts> facts) {

  /**
   * The errors.
   *
   * @param subject what was scored with what
   * @param warnings what makes the errors doubtful
   * @param headlines the errors; empty if no image has a label
   * @param counts what became of the images
   * @param comparison with the paper
   */
  record ErrorSummary(
      String subject,
      List<String> warnings,
      List<Headline> headlines,
      String counts,
      String comparison) {}

  /**
   * Drawings.
   *
   * @param note what they show, or why there are none
   */
  record Figures(List<Image> images, String note) {}

  /**
   * Images with the model's predictions.
   *
   * @param note what they are, or why there are none
   */
  record Samples(List<Card> cards, String note) {}

  /** Which classes are confused with which. */
  record Confusions(Figures matrix, List<ConfusionLine> lines) {}

  /** The model's accuracy by its confidence. */
  record ReliabilityTable(Figures diagram, List<BinLine> bins) {}

  /**
   * The errors of each class.
   *
   * @param worst a picture of the greatest; empty if there is none
   */
  record ClassTable(List<Image> worst, List<ClassLine> lines) {}

  /** One error, large. */
  record Headline(String name, String error, String interval, String images, String paper) {}

  /** A picture in both themes, as data URIs. */
  record Image(String text, int width, int height, String light, String dark) {}

  /**
   * One image with the model's predictions.
   *
   * @param picture as a data URI; empty if it is missing
   */
  record Card(String picture, String image, String truth, boolean labelled, List<Guess> guesses) {}

  /**
   * One of the most probable classes.
   *
   * @param width of its bar, in percent
   */
  record Guess(String name, String probability, String width, boolean right) {}

  /** A picture and the images most similar to it. */
  record Neighbourhood(NeighbourImage query, List<NeighbourImage> neighbours) {}

  /**
   * An image.
   *
   * @param picture as a data URI
   * @param name of its class; empty if it has none
   * @param distance to the query; empty for the query itself
   * @param same whether it is of the query's class
   */
  record NeighbourImage(String picture, String name, String distance, boolean same) {}

  /** A frequent confusion. */
  record ConfusionLine(String truth, String guess, String images, String share) {}

  /** A bin of the reliability diagram. */
  record BinLine(String range, String images, String confidence, String accuracy) {}

  /** The errors of a class; the numbers are for sorting. */
  record ClassLine(
      String name,
      String wnid,
      long images,
      String top1,
      double top1Error,
      String top5,
      double top5Error,
      String takenFor,
      long takenForImages) {}

  /** A table of facts. */
  record Facts(String title, List<Fact> facts) {}

  /** One fact. */
  record Fact(String name, String value) {}
}
