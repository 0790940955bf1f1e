package dev.alexnet.ops.report;

import dev.alexnet.model.prediction.FirstFilters;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the first convolution looks for: every filter as a colour picture, in a block for each
 * tower, all on one scale on which grey is 0.
 */
final class FilterPictures {
  private static final int COLUMNS = 8;
  private static final int GAP = 4;
  private static final int HEADING = 26;
  private static final int MARGIN = 8;
  // In points: a filter of any size is drawn about so large, in whole pixels.
  private static final int TILE = 44;

  private final FirstFilters filters;
  private final float greatest;
  private final int tile;

  private FilterPictures(FirstFilters filters) {
    this.filters = filters;
    this.greatest = greatest(filters);
    this.tile = Math.max(1, Math.round((float) TILE / filters.side())) * filters.side();
  }

  /** A picture for each tower. */
  static List<Picture> of(FirstFilters filters) {
    FilterPictures drawn = new FilterPictures(filters);
    List<Picture> pictures = new ArrayList<>();
    for (int tower = 0; tower < filters.towers().size(); tower++) {
      pictures.add(drawn.picture(tower));
    }
    return pictures;
  }

  private Picture picture(int tower) {
    List<float[]> ofTower = filters.towers().get(tower);
    int rows = (ofTower.size() + COLUMNS - 1) / COLUMNS;
    String text =
        String.format(
            Locale.ROOT,
            "The %d filters of conv1 in tower %d, %d × %d pixels each; grey is 0, the scale reaches"
                + " ±%.3g",
            ofTower.size(),
            tower,
            filters.side(),
            filters.side(),
            greatest);
    return new Picture(
        "filters-tower" + tower,
        text,
        2 * MARGIN + COLUMNS * (tile + GAP) - GAP,
        HEADING + rows * (tile + GAP) - GAP + MARGIN,
        (graphics, theme) -> draw(graphics, theme, tower));
  }

  private void draw(Graphics2D graphics, Theme theme, int tower) {
    graphics.setColor(theme.ink());
    graphics.setFont(Theme.BOLD);
    graphics.drawString("Tower " + tower, MARGIN, HEADING - 9);
    int place = 0;
    for (float[] filter : filters.towers().get(tower)) {
      graphics.drawImage(
          image(filter),
          MARGIN + place % COLUMNS * (tile + GAP),
          HEADING + place / COLUMNS * (tile + GAP),
          tile,
          tile,
          null);
      place++;
    }
  }

  private BufferedImage image(float[] filter) {
    int side = filters.side();
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < side * side; i++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = rgb << 8 | level(filter[3 * i + channel]);
      }
      image.setRGB(i % side, i / side, rgb);
    }
    return image;
  }

  private int level(float value) {
    return greatest == 0 ? 128 : Math.round(127.5f + 127.5f * value / greatest);
  }

  private static float greatest(FirstFilters filters) {
    float greatest = 0;
    for (List<float[]> tower : filters.towers()) {
      for (float[] filter : tower) {
        for (float value : filter) {
          greatest = Math.max(greatest, Math.abs(value));
        }
      }
    }
    return greatest;
  }
}
