package dev.alexnet.ops.report;

import dev.alexnet.ops.paper.TrainingCurves;
import dev.alexnet.ops.paper.TrainingCurves.Point;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;

/**
 * Logged values of a training, as curves over its steps.
 *
 * @param name of the picture
 * @param factor by which values are multiplied
 * @param mayFall whether values can fall by powers of ten, and are then shown on a logarithmic axis
 * @param lines each with at least one point
 */
record CurveChart(String name, String title, double factor, boolean mayFall, List<Line> lines) {
  private static final double DECADE = 10;

  /** One curve. The second one of a chart is dashed, so that they differ not only in colour. */
  private record Line(String name, List<Point> points) {}

  /** A chart without a line is left out. */
  static List<Picture> of(TrainingCurves curves) {
    return Stream.of(
            chart(curves, "loss", "Loss", 1, "train/loss", "validation/loss"),
            chart(
                curves,
                "top1-error",
                "Top-1 error in percent",
                100,
                "train/top1_error",
                "validation/top1_error"),
            chart(
                curves,
                "top5-error",
                "Top-5 error in percent",
                100,
                "train/top5_error",
                "validation/top5_error"),
            new CurveChart(
                "learning-rate",
                "Learning rate",
                1,
                true,
                lines(
                    new Line("weights", changes(curves.of("learning_rate/weights"))),
                    new Line("biases", changes(curves.of("learning_rate/biases"))))))
        .filter(chart -> !chart.lines().isEmpty())
        .map(CurveChart::picture)
        .toList();
  }

  private static CurveChart chart(
      TrainingCurves curves,
      String name,
      String title,
      double factor,
      String training,
      String validation) {
    return new CurveChart(
        name,
        title,
        factor,
        false,
        lines(
            new Line("training", curves.of(training)),
            new Line("validation", curves.of(validation))));
  }

  /** The points around each change, because XChart restarts its dashes at every point. */
  private static List<Point> changes(List<Point> points) {
    List<Point> changes = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      boolean asBefore = i > 0 && points.get(i).value() == points.get(i - 1).value();
      boolean asAfter = i < points.size() - 1 && points.get(i).value() == points.get(i + 1).value();
      if (!asBefore || !asAfter) {
        changes.add(points.get(i));
      }
    }
    return changes;
  }

  private static List<Line> lines(Line... lines) {
    return Stream.of(lines).filter(line -> !line.points().isEmpty()).toList();
  }

  private Picture picture() {
    return ChartStyle.picture(
        name, title + " by training step: " + inWords(), title, ChartStyle.HEIGHT, this::drawn);
  }

  private String inWords() {
    List<String> words = new ArrayList<>();
    for (Line line : lines) {
      List<Point> points = line.points();
      words.add(
          String.format(
              Locale.ROOT,
              "%s from %.3g to %.3g",
              line.name(),
              factor * points.get(0).value(),
              factor * points.get(points.size() - 1).value()));
    }
    return String.join(", ", words);
  }

  private XYChart drawn(Theme theme) {
    XYChart chart = ChartStyle.chart("step", ChartStyle.HEIGHT, theme);
    if (isLogarithmic()) {
      chart.getStyler().setYAxisLogarithmic(true);
    } else {
      chart.getStyler().setYAxisMin(0.0);
    }
    addOrigin(chart);
    for (int i = 0; i < lines.size(); i++) {
      // A rate of 0, which freezes a layer, has no place on a logarithmic axis.
      List<Point> points =
          lines.get(i).points().stream()
              .filter(point -> !isLogarithmic() || point.value() > 0)
              .toList();
      XYSeries series = chart.addSeries(lines.get(i).name(), steps(points), values(points));
      ChartStyle.line(series, theme.series(i), i > 0);
      if (points.size() == 1) {
        ChartStyle.dots(series, theme.series(i));
      }
    }
    return chart;
  }

  /**
   * Makes the axes start at 0. XChart labels an axis by its values if these are equally spaced, as
   * steps are; those of this series are not.
   */
  private void addOrigin(XYChart chart) {
    List<Point> first = lines.get(0).points();
    double last = first.get(first.size() - 1).step();
    double greatest = factor * all().max(Double::compare).orElseThrow();
    double least =
        isLogarithmic()
            ? factor * all().filter(value -> value > 0).min(Double::compare).orElseThrow()
            : 0;
    ChartStyle.invisible(
        chart.addSeries(
            "origin",
            new double[] {0, last / 3, last},
            new double[] {least, least + (greatest - least) / 3, greatest}));
  }

  private boolean isLogarithmic() {
    List<Double> rates = all().filter(value -> value > 0).sorted().toList();
    return mayFall
        && !rates.isEmpty()
        && rates.get(rates.size() - 1) >= DECADE * rates.get(0)
        && lines.stream()
            .allMatch(line -> line.points().stream().anyMatch(point -> point.value() > 0));
  }

  private Stream<Double> all() {
    return lines.stream().flatMap(line -> line.points().stream()).map(Point::value);
  }

  private static double[] steps(List<Point> points) {
    return points.stream().mapToDouble(Point::step).toArray();
  }

  private double[] values(List<Point> points) {
    return points.stream().mapToDouble(point -> factor * point.value()).toArray();
  }
}
