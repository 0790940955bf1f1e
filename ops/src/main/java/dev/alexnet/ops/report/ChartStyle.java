package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How every chart of the report looks. */
final class ChartStyle {
  /** In points: small enough for text to be readable on a phone. */
  static final int WIDTH = 460;

  static final int HEIGHT = 330;

  private static final int MARGIN = 8;
  private static final int HEADING = 54;
  // The baselines of both texts.
  private static final int TITLE = 20;
  private static final int LEGEND = 44;
  private static final int SAMPLE = 24;
  private static final int BESIDE_SAMPLE = 6;
  private static final int BETWEEN_NAMES = 20;
  private static final int DOT = 8;

  private static final float[] DASHES = {6, 5};

  private ChartStyle() {}

  /**
   * A chart below its title and legend, which are drawn here: XChart gives them a different height
   * in every chart, and places the entries of a legend too close together.
   *
   * @param drawn the chart, of the width and height that it is given
   */
  static Picture picture(
      String name, String text, String title, int height, Function<Theme, XYChart> drawn) {
    return new Picture(
        name,
        text,
        WIDTH,
        height,
        (graphics, theme) -> {
          XYChart chart = drawn.apply(theme);
          Graphics2D below = (Graphics2D) graphics.create();
          below.translate(0, HEADING);
          chart.paint(below, WIDTH, height - HEADING);
          below.dispose();
          graphics.setColor(theme.ink());
          graphics.setFont(Theme.BOLD);
          graphics.drawString(title, MARGIN, TITLE);
          legend(graphics, theme, chart);
        });
  }

  private static void legend(Graphics2D graphics, Theme theme, XYChart chart) {
    graphics.setFont(Theme.PLAIN);
    int left = MARGIN;
    for (XYSeries series : chart.getSeriesMap().values()) {
      if (series.isShowInLegend()) {
        sample(graphics, series, left);
        left += SAMPLE + BESIDE_SAMPLE;
        graphics.setColor(theme.ink());
        graphics.drawString(series.getName(), left, LEGEND);
        left += graphics.getFontMetrics().stringWidth(series.getName()) + BETWEEN_NAMES;
      }
    }
  }

  private static void sample(Graphics2D graphics, XYSeries series, int left) {
    int middle = LEGEND - 5;
    graphics.setColor(series.getMarkerColor());
    if (series.getMarker() == SeriesMarkers.NONE) {
      graphics.setStroke(series.getLineStyle());
      graphics.drawLine(left, middle, left + SAMPLE, middle);
    } else {
      int start = left + (SAMPLE - DOT) / 2;
      graphics.fillOval(start, middle - DOT / 2, DOT, DOT);
    }
  }

  /**
   * The part of a picture below title and legend.
   *
   * @param height of the whole picture
   */
  static XYChart chart(String horizontal, int height, Theme theme) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(height - HEADING).xAxisTitle(horizontal).build();
    XYStyler styler = chart.getStyler();
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(theme.paper());
    styler.setPlotBackgroundColor(theme.paper());
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(theme.grid());
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotMargin(0);
    styler.setChartPadding(8);
    styler.setChartFontColor(theme.ink());
    styler.setChartTitleVisible(false);
    styler.setAxisTitleFont(Theme.PLAIN);
    styler.setAxisTickLabelsFont(Theme.PLAIN);
    styler.setAxisTickLabelsColor(theme.pale());
    styler.setAxisTickMarksColor(theme.grid());
    styler.setAxisTicksLineVisible(false);
    styler.setYAxisTitleVisible(false);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setXAxisTitleColor(theme.pale());
    styler.setXAxisTickMarkSpacingHint(90);
    styler.setXAxisDecimalPattern("#,##0.#");
    styler.setYAxisDecimalPattern("#,##0.#######");
    styler.setLegendVisible(false);
    styler.setMarkerSize(DOT);
    return chart;
  }

  static void line(XYSeries series, Color colour, boolean dashed) {
    series.setLineColor(colour);
    series.setMarker(SeriesMarkers.NONE);
    series.setMarkerColor(colour);
    series.setLineStyle(
        dashed
            ? new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f)
            : new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  static void dots(XYSeries series, Color colour) {
    series.setLineStyle(new BasicStroke(0f));
    series.setLineColor(new Color(0, true));
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(colour);
  }

  /** A series that only widens the axes. */
  static void invisible(XYSeries series) {
    series.setLineColor(new Color(0, true));
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
  }
}
