package dev.alexnet.ops.comparison;

import java.util.List;

/** The content of the page; every text is ready to be shown. */
record ComparisonPage(
    String title,
    String subject,
    List<Row> rows,
    List<String> paper,
    Learning learning,
    List<Pair> pairs) {

  /** A row of the table of errors. */
  record Row(
      String name,
      String networks,
      String views,
      String top1,
      String top1Interval,
      String top5,
      String top5Interval,
      String paper) {}

  /** How fast trainings learned; null if that was not asked for. */
  record Learning(String text, List<Training> trainings, String notFound) {}

  /** How fast one learned. */
  record Training(String name, String steps, String epochs, String times, String lowest) {}

  /** A comparison of two. */
  record Pair(
      String title, List<Difference> differences, List<Group> groups, List<ClassLine> classes) {}

  /** A difference of two errors. */
  record Difference(
      String error,
      String points,
      String interval,
      String probability,
      String onlySecond,
      String onlyFirst) {}

  /** Images that only one gets right. */
  record Group(String title, String note, List<Card> cards) {}

  /** An image. */
  record Card(String picture, String image, String truth, String first, String second) {}

  /** A class whose errors differ. */
  record ClassLine(String name, String images, String first, String second, String points) {}
}
