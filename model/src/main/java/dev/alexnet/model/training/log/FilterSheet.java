package dev.alexnet.model.training.log;

import dev.alexnet.model.prediction.FirstFilters;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws the filters of the first convolution, one block per tower, all on one scale. */
final class FilterSheet {
  private static final int COLUMNS = 8;
  private static final int GAP = 2;
  private static final int TOWER_GAP = 12;
  private static final int SCALE = 3;

  private FilterSheet() {}

  static BufferedImage of(FirstFilters filters) {
    int tile = SCALE * filters.side() + GAP;
    int most = filters.towers().stream().mapToInt(List::size).max().orElseThrow();
    int rows = (most + COLUMNS - 1) / COLUMNS;
    int block = COLUMNS * tile + GAP;
    int towers = filters.towers().size();
    BufferedImage sheet =
        new BufferedImage(
            towers * block + (towers - 1) * TOWER_GAP,
            rows * tile + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    for (int tower = 0; tower < towers; tower++) {
      List<BufferedImage> pictures = filters.pictures(tower);
      for (int map = 0; map < pictures.size(); map++) {
        graphics.drawImage(
            pictures.get(map),
            tower * (block + TOWER_GAP) + GAP + map % COLUMNS * tile,
            GAP + map / COLUMNS * tile,
            SCALE * filters.side(),
            SCALE * filters.side(),
            null);
      }
    }
    graphics.dispose();
    return sheet;
  }
}
