package dev.alexnet.ops.inspection;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetSample;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.ops.picture.JpegTile;
import dev.alexnet.ops.picture.Picture;
import dev.alexnet.ops.picture.Text;
import dev.alexnet.ops.picture.Theme;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * A picture of a dataset: one row per class, with its name, its number of images and its first
 * images.
 */
final class ContactSheet {
  private static final int ROWS = 12;
  private static final int COLUMNS = 8;
  private static final int TILE = 128;
  private static final int GAP = 8;
  private static final int BETWEEN = 16;
  private static final int MARGIN = 24;
  private static final int NAMES = 232;
  private static final int TITLE = 64;

  private final DatasetManifest manifest;
  // Classes with few images are placed side by side.
  private final int columns;
  private final int blocks;
  private final DatasetInspection inspection;

  private ContactSheet(DatasetInspection inspection) {
    this.inspection = inspection;
    this.manifest = inspection.manifest();
    long most = inspection.unlabelled();
    for (long images : inspection.imagesOfLabel()) {
      most = Math.max(most, images);
    }
    this.columns = (int) Math.max(1, Math.min(COLUMNS, most));
    this.blocks = blockWidth(COLUMNS) / blockWidth(columns);
  }

  private static int blockWidth(int columns) {
    return NAMES + columns * (TILE + GAP) + BETWEEN;
  }

  /** The same dataset gives the same images; text depends on the machine's fonts. */
  static byte[] png(ObjectStore store, Location directory, DatasetInspection inspection) {
    ContactSheet drawing = new ContactSheet(inspection);
    SortedMap<Integer, List<ImageRecord>> sample =
        DatasetSample.of(store, directory, inspection, ROWS * drawing.blocks, drawing.columns);
    return drawing.picture(directory, sample).png(Theme.LIGHT, 1);
  }

  private Picture picture(Location directory, SortedMap<Integer, List<ImageRecord>> sample) {
    int rows = (sample.size() + blocks - 1) / blocks;
    int width = 2 * MARGIN + blocks * blockWidth(columns) - GAP - BETWEEN;
    int height = MARGIN + TITLE + rows * (TILE + GAP) - GAP + MARGIN;
    return new Picture(
        "sheet",
        "Images of " + directory + " by class",
        width,
        height,
        (graphics, theme) -> {
          title(graphics, theme, directory, sample, width - 2 * MARGIN);
          blocks(graphics, theme, sample, rows);
        });
  }

  private void blocks(
      Graphics2D graphics, Theme theme, SortedMap<Integer, List<ImageRecord>> sample, int rows) {
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    int place = 0;
    for (Map.Entry<Integer, List<ImageRecord>> of : sample.entrySet()) {
      int left = MARGIN + place / rows * blockWidth(columns);
      int top = MARGIN + TITLE + place % rows * (TILE + GAP);
      name(graphics, theme, of.getKey(), left, top);
      for (ImageRecord record : of.getValue()) {
        tile(graphics, theme, record, left + NAMES, top);
        left += TILE + GAP;
      }
      place++;
    }
  }

  private void title(
      Graphics2D graphics,
      Theme theme,
      Location directory,
      SortedMap<Integer, List<ImageRecord>> sample,
      int width) {
    graphics.setColor(theme.ink());
    graphics.setFont(Theme.TITLE);
    graphics.drawString(
        Text.fitted(directory.value(), graphics.getFontMetrics(), width), MARGIN, MARGIN + 18);
    String operations =
        manifest.operations().isEmpty() ? "" : ", " + String.join(" | ", manifest.operations());
    String line =
        String.format(
            Locale.ROOT,
            "%s: %s of %d × %d pixels, %s%s",
            manifest.split(),
            Quantity.of(inspection.records(), "image"),
            manifest.imageSize(),
            manifest.imageSize(),
            classesShown(sample),
            operations);
    graphics.setColor(theme.pale());
    graphics.setFont(Theme.PLAIN);
    graphics.drawString(Text.fitted(line, graphics.getFontMetrics(), width), MARGIN, MARGIN + 40);
  }

  private String classesShown(SortedMap<Integer, List<ImageRecord>> sample) {
    int classes = manifest.classes().size();
    String all = Quantity.of(classes, "class");
    boolean labelled = !sample.containsKey((int) ImageRecord.NO_LABEL);
    return labelled && sample.size() < classes
        ? String.format(Locale.ROOT, "%,d of %s shown", sample.size(), all)
        : all;
  }

  private void name(Graphics2D graphics, Theme theme, int label, int left, int top) {
    boolean known = label != ImageRecord.NO_LABEL;
    String name = known ? manifest.classes().get(label).name() : "no label";
    long images = known ? inspection.imagesOfLabel().get(label) : inspection.unlabelled();
    int width = NAMES - 2 * GAP;
    graphics.setFont(Theme.BOLD);
    FontMetrics bold = graphics.getFontMetrics();
    List<String> lines = wrapped(name, bold, width);
    int y = top + bold.getAscent();
    graphics.setColor(theme.ink());
    for (String line : lines) {
      graphics.drawString(line, left, y);
      y += bold.getHeight();
    }
    graphics.setColor(theme.pale());
    graphics.setFont(Theme.PLAIN);
    FontMetrics plain = graphics.getFontMetrics();
    if (known) {
      String identity = label + " · " + manifest.classes().get(label).wnid();
      graphics.drawString(Text.fitted(identity, plain, width), left, y);
      y += plain.getHeight();
    }
    graphics.drawString(
        String.format(Locale.ROOT, images == 1 ? "%,d image" : "%,d images", images), left, y);
  }

  private static void tile(
      Graphics2D graphics, Theme theme, ImageRecord record, int left, int top) {
    if (!JpegTile.draw(graphics, theme, record.image(), left, top, TILE)) {
      graphics.setColor(theme.pale());
      graphics.setFont(Theme.PLAIN);
      graphics.drawString("unreadable", left + GAP, top + TILE / 2);
    }
  }

  /** At most three lines, broken between words. */
  private static List<String> wrapped(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : text.strip().split("\\s+", -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (metrics.stringWidth(longer) <= width || line.isEmpty()) {
        line = longer;
      } else {
        lines.add(line);
        line = word;
      }
    }
    lines.add(line);
    if (lines.size() > 3) {
      lines.set(2, String.join(" ", lines.subList(2, lines.size())));
    }
    return lines.stream().limit(3).map(each -> Text.fitted(each, metrics, width)).toList();
  }
}
