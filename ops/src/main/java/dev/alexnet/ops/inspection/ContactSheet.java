package dev.alexnet.ops.inspection;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.DatasetInspection;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.DatasetSample;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.image.PngEncoding;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import javax.imageio.ImageIO;

/** A dataset to look at: a row a class, its name and number of images before its first images. */
final class ContactSheet {
  private static final int ROWS = 12;
  private static final int COLUMNS = 8;
  private static final int TILE = 128;
  private static final int GAP = 8;
  private static final int BETWEEN = 16;
  private static final int MARGIN = 24;
  private static final int NAMES = 232;
  private static final int TITLE = 64;
  private static final Color PAPER = new Color(0xfcfcfb);
  private static final Color INK = new Color(0x1c1e21);
  private static final Color PALE = new Color(0x6b7076);
  private static final Color BROKEN = new Color(0xe3e4e6);
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font LARGE = new Font(Font.SANS_SERIF, Font.BOLD, 20);

  private final DatasetManifest manifest;
  // Classes of few images stand side by side.
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

  /** The same images for the same dataset; letters look as the machine's fonts do. */
  static byte[] png(ObjectStore store, Location directory, DatasetInspection inspection) {
    ContactSheet drawing = new ContactSheet(inspection);
    SortedMap<Integer, List<ImageRecord>> sample =
        DatasetSample.of(store, directory, inspection, ROWS * drawing.blocks, drawing.columns);
    try {
      return PngEncoding.of(drawing.draw(directory, sample));
    } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "--sheet needs a font, and Java finds none here ("
              + e.getMessage()
              + "); install fontconfig and a font such as DejaVu",
          e);
    }
  }

  private BufferedImage draw(Location directory, SortedMap<Integer, List<ImageRecord>> sample) {
    int rows = (sample.size() + blocks - 1) / blocks;
    int width = 2 * MARGIN + blocks * blockWidth(columns) - GAP - BETWEEN;
    int height = MARGIN + TITLE + rows * (TILE + GAP) - GAP + MARGIN;
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, width, height);
    title(graphics, directory, sample, width - 2 * MARGIN);
    int place = 0;
    for (Map.Entry<Integer, List<ImageRecord>> of : sample.entrySet()) {
      int left = MARGIN + place / rows * blockWidth(columns);
      int top = MARGIN + TITLE + place % rows * (TILE + GAP);
      name(graphics, of.getKey(), left, top);
      for (ImageRecord record : of.getValue()) {
        tile(graphics, record, left + NAMES, top);
        left += TILE + GAP;
      }
      place++;
    }
    graphics.dispose();
    return sheet;
  }

  private void title(
      Graphics2D graphics,
      Location directory,
      SortedMap<Integer, List<ImageRecord>> sample,
      int width) {
    graphics.setColor(INK);
    graphics.setFont(LARGE);
    graphics.drawString(
        fitted(directory.value(), graphics.getFontMetrics(), width), MARGIN, MARGIN + 18);
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
    graphics.setColor(PALE);
    graphics.setFont(PLAIN);
    graphics.drawString(fitted(line, graphics.getFontMetrics(), width), MARGIN, MARGIN + 40);
  }

  private String classesShown(SortedMap<Integer, List<ImageRecord>> sample) {
    int classes = manifest.classes().size();
    String all = Quantity.of(classes, "class");
    boolean labelled = !sample.containsKey((int) ImageRecord.NO_LABEL);
    return labelled && sample.size() < classes
        ? String.format(Locale.ROOT, "%,d of %s shown", sample.size(), all)
        : all;
  }

  private void name(Graphics2D graphics, int label, int left, int top) {
    boolean known = label != ImageRecord.NO_LABEL;
    String name = known ? manifest.classes().get(label).name() : "no label";
    long images = known ? inspection.imagesOfLabel().get(label) : inspection.unlabelled();
    int width = NAMES - 2 * GAP;
    graphics.setFont(BOLD);
    FontMetrics bold = graphics.getFontMetrics();
    List<String> lines = wrapped(name, bold, width);
    int y = top + bold.getAscent();
    graphics.setColor(INK);
    for (String line : lines) {
      graphics.drawString(line, left, y);
      y += bold.getHeight();
    }
    graphics.setColor(PALE);
    graphics.setFont(PLAIN);
    FontMetrics plain = graphics.getFontMetrics();
    if (known) {
      String identity = label + " · " + manifest.classes().get(label).wnid();
      graphics.drawString(fitted(identity, plain, width), left, y);
      y += plain.getHeight();
    }
    graphics.drawString(
        String.format(Locale.ROOT, images == 1 ? "%,d image" : "%,d images", images), left, y);
  }

  private static void tile(Graphics2D graphics, ImageRecord record, int left, int top) {
    BufferedImage image = decoded(record);
    if (image == null) {
      graphics.setColor(BROKEN);
      graphics.fillRect(left, top, TILE, TILE);
      graphics.setColor(PALE);
      graphics.setFont(PLAIN);
      graphics.drawString("unreadable", left + GAP, top + TILE / 2);
      return;
    }
    graphics.drawImage(shrunk(image), left, top, TILE, TILE, null);
  }

  /** Halved until less than twice too large, so that no pixel is passed over. */
  private static BufferedImage shrunk(BufferedImage image) {
    BufferedImage current = image;
    while (current.getWidth() >= 2 * TILE) {
      int half = current.getWidth() / 2;
      BufferedImage smaller = new BufferedImage(half, half, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = smaller.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(current, 0, 0, half, half, null);
      graphics.dispose();
      current = smaller;
    }
    return current;
  }

  private static BufferedImage decoded(ImageRecord record) {
    try {
      return ImageIO.read(new ByteArrayInputStream(record.image()));
    } catch (IOException e) {
      return null;
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
    return lines.stream().limit(3).map(each -> fitted(each, metrics, width)).toList();
  }

  private static String fitted(String text, FontMetrics metrics, int width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
