package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import dev.alexnet.pipelines.score.statistics.Interval;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/** The model's accuracy by its confidence, with intervals. */
final class ReliabilityChart {
  private static final int SIDE = ChartStyle.WIDTH;
  private static final double PERCENT = 100;

  private ReliabilityChart() {}

  static Picture of(Reliability reliability) {
    List<Reliability.Bin> bins = reliability.bins();
    return ChartStyle.picture(
        "reliability",
        "How often the model is right, by how sure it is; the table has the numbers",
        "How often it is right, in percent",
        SIDE,
        theme -> drawn(bins, theme));
  }

  private static XYChart drawn(List<Reliability.Bin> bins, Theme theme) {
    XYChart chart = ChartStyle.chart("probability of its first guess, in percent", SIDE, theme);
    ChartStyle.line(
        chart.addSeries("as sure as right", new double[] {0, PERCENT}, new double[] {0, PERCENT}),
        theme.pale(),
        true);
    for (int i = 0; i < bins.size(); i++) {
      Reliability.Bin bin = bins.get(i);
      Interval interval = Interval.of(bin.accuracy(), bin.images());
      XYSeries open =
          chart.addSeries(
              i == 0 ? "95 % interval" : "interval " + i,
              new double[] {PERCENT * bin.confidence(), PERCENT * bin.confidence()},
              new double[] {PERCENT * interval.low(), PERCENT * interval.high()});
      ChartStyle.line(open, theme.series(0), false);
      open.setShowInLegend(i == 0);
    }
    ChartStyle.dots(
        chart.addSeries(
            "right",
            bins.stream().mapToDouble(bin -> PERCENT * bin.confidence()).toArray(),
            bins.stream().mapToDouble(bin -> PERCENT * bin.accuracy()).toArray()),
        theme.series(0));
    XYStyler styler = chart.getStyler();
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(PERCENT);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(PERCENT);
    return chart;
  }
}
