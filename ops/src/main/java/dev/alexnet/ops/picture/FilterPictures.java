package dev.alexnet.ops.picture;

import dev.alexnet.model.prediction.FirstFilters;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pictures of the first convolution's filters in colour, one block per tower, all on one scale
 * where grey is 0.
 */
public final class FilterPictures {
  private static final int COLUMNS = 8;
  // As in Figure 3 of the paper.
  private static final int COLUMNS_TOGETHER = 16;
  private static final int GAP = 4;
  private static final int HEADING = 26;
  private static final int MARGIN = 8;
  // In points: about the size at which every filter is drawn, in whole pixels.
  private static final int TILE = 44;

  private final FirstFilters filters;
  private final int tile;

  private FilterPictures(FirstFilters filters) {
    this.filters = filters;
    this.tile = Math.max(1, Math.round((float) TILE / filters.side())) * filters.side();
  }

  /** A picture for each tower. */
  public static List<Picture> of(FirstFilters filters) {
    FilterPictures drawn = new FilterPictures(filters);
    List<Picture> pictures = new ArrayList<>();
    for (int tower = 0; tower < filters.towers().size(); tower++) {
      pictures.add(drawn.picture(tower));
    }
    return pictures;
  }

  /** One picture of all towers, one below the other, as in Figure 3 of the paper. */
  public static Picture together(FirstFilters filters) {
    FilterPictures drawn = new FilterPictures(filters);
    int height = filters.towers().stream().mapToInt(of -> drawn.height(of, COLUMNS_TOGETHER)).sum();
    return new Picture(
        "filters",
        drawn.text(filters.towers().stream().mapToInt(List::size).sum(), "all towers"),
        drawn.width(COLUMNS_TOGETHER),
        height,
        (graphics, theme) -> {
          int top = 0;
          for (int tower = 0; tower < filters.towers().size(); tower++) {
            drawn.draw(graphics, theme, tower, COLUMNS_TOGETHER, top);
            top += drawn.height(filters.towers().get(tower), COLUMNS_TOGETHER);
          }
        });
  }

  private Picture picture(int tower) {
    List<float[]> ofTower = filters.towers().get(tower);
    return new Picture(
        "filters-tower" + tower,
        text(ofTower.size(), "tower " + tower),
        width(COLUMNS),
        height(ofTower, COLUMNS),
        (graphics, theme) -> draw(graphics, theme, tower, COLUMNS, 0));
  }

  private String text(int count, String where) {
    return String.format(
        Locale.ROOT,
        "The %d filters of conv1 in %s, %d × %d pixels each; grey is 0, the scale reaches ±%.3g",
        count,
        where,
        filters.side(),
        filters.side(),
        filters.greatest());
  }

  private int width(int columns) {
    int most = filters.towers().stream().mapToInt(List::size).max().orElse(1);
    return 2 * MARGIN + Math.min(columns, most) * (tile + GAP) - GAP;
  }

  private int height(List<float[]> ofTower, int columns) {
    int rows = (ofTower.size() + columns - 1) / columns;
    return HEADING + rows * (tile + GAP) - GAP + MARGIN;
  }

  private void draw(Graphics2D graphics, Theme theme, int tower, int columns, int top) {
    graphics.setColor(theme.ink());
    graphics.setFont(Theme.BOLD);
    graphics.drawString("Tower " + tower, MARGIN, top + HEADING - 9);
    int place = 0;
    for (BufferedImage filter : filters.pictures(tower)) {
      graphics.drawImage(
          filter,
          MARGIN + place % columns * (tile + GAP),
          top + HEADING + place / columns * (tile + GAP),
          tile,
          tile,
          null);
      place++;
    }
  }
}
