package dev.alexnet.ops.picture;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/**
 * Pictures with the images most similar to them: a query in the first column, its neighbours to the
 * right, the nearest first, as in the right half of Figure 4 of the paper.
 */
public final class NeighbourPicture {
  /** At most this many rows are drawn. */
  public static final int MOST_ROWS = 12;

  private static final int SIDE = 112;
  private static final int GAP = 8;
  private static final int MARGIN = 16;
  // Between the queries and their neighbours.
  private static final int ASIDE = 32;
  private static final int HEADING = 26;
  private static final int LINE = 18;
  private static final int ROW = SIDE + 2 * LINE + 14;

  private final List<Row> rows;

  /** A query with its neighbours. */
  public record Row(Tile query, List<Tile> neighbours) {
    public Row {
      neighbours = List.copyOf(neighbours);
    }
  }

  /**
   * An image.
   *
   * @param jpeg one JPEG file
   * @param name of its class; empty if it has none
   * @param distance to the query; empty for the query itself
   * @param same whether it is of the query's class
   */
  public record Tile(List<byte[]> jpeg, String name, String distance, boolean same) {}

  private NeighbourPicture(List<Row> rows) {
    this.rows = rows;
  }

  public static Picture of(List<Row> rows) {
    NeighbourPicture drawn =
        new NeighbourPicture(rows.subList(0, Math.min(MOST_ROWS, rows.size())));
    int columns = rows.stream().mapToInt(row -> row.neighbours().size()).max().orElse(0);
    return new Picture(
        "neighbours",
        "Pictures in the first column, and to the right the training images whose features in the"
            + " last hidden layer are nearest to theirs, the nearest first",
        2 * MARGIN + SIDE + ASIDE + columns * (SIDE + GAP) - GAP,
        MARGIN + HEADING + drawn.rows.size() * ROW,
        drawn::draw);
  }

  private void draw(Graphics2D graphics, Theme theme) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int neighbours = MARGIN + SIDE + ASIDE;
    graphics.setFont(Theme.PLAIN);
    graphics.setColor(theme.pale());
    graphics.drawString("Picture", MARGIN, MARGIN + 12);
    graphics.drawString("Nearest images, with their distance", neighbours, MARGIN + 12);
    int top = MARGIN + HEADING;
    for (Row row : rows) {
      tile(graphics, theme, row.query(), MARGIN, top);
      int left = neighbours;
      for (Tile neighbour : row.neighbours()) {
        tile(graphics, theme, neighbour, left, top);
        left += SIDE + GAP;
      }
      top += ROW;
    }
  }

  private static void tile(Graphics2D graphics, Theme theme, Tile tile, int left, int top) {
    JpegTile.draw(graphics, theme, tile.jpeg().get(0), left, top, SIDE);
    graphics.setFont(Theme.SMALL);
    FontMetrics metrics = graphics.getFontMetrics();
    String name = tile.name().isEmpty() ? "no label" : tile.name();
    graphics.setColor(tile.name().isEmpty() ? theme.pale() : theme.ink());
    graphics.drawString(
        Text.fitted((tile.same() ? "✓ " : "") + name, metrics, SIDE), left, top + SIDE + LINE - 2);
    graphics.setColor(theme.pale());
    graphics.drawString(tile.distance(), left, top + SIDE + 2 * LINE - 2);
  }
}
