package dev.alexnet.ops.report;

import dev.alexnet.ops.picture.Theme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How every chart of the report looks. */
final class ChartStyle {
  /** In points: small enough that letters can be read on a telephone. */
  static final int WIDTH = 460;

  static final int HEIGHT = 330;

  private static final float[] DASHES = {6, 5};

  private ChartStyle() {}

  static XYChart chart(String title, String horizontal, int height, Theme theme) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(height)
            .title(title)
            .xAxisTitle(horizontal)
            .build();
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
    styler.setChartTitleFont(Theme.BOLD);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(4);
    styler.setAxisTitleFont(Theme.PLAIN);
    styler.setAxisTickLabelsFont(Theme.PLAIN);
    styler.setAxisTickLabelsColor(theme.pale());
    styler.setAxisTickMarksColor(theme.grid());
    styler.setAxisTicksLineVisible(false);
    styler.setYAxisTitleVisible(false);
    styler.setXAxisTitleColor(theme.pale());
    styler.setXAxisTickMarkSpacingHint(90);
    styler.setXAxisDecimalPattern("#,##0.#");
    styler.setYAxisDecimalPattern("#,##0.#######");
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendFont(Theme.PLAIN);
    styler.setLegendBackgroundColor(theme.paper());
    styler.setLegendBorderColor(theme.paper());
    styler.setLegendSeriesLineLength(24);
    styler.setLegendPadding(8);
    styler.setMarkerSize(8);
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
