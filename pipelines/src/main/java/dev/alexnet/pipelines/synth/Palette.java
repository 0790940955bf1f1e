package dev.alexnet.pipelines.synth;

import java.awt.Color;

/**
 * The colours of one picture. They are drawn by rules that do not depend on the class and treat a
 * colour and its negative alike, so every colour is middle grey on average and the mean colour of a
 * picture does not reveal its class.
 *
 * @param background the main colour of the background
 * @param first one colour of the object's texture
 * @param second the other one
 */
record Palette(Color background, Color first, Color second) {
  private static final double TEXTURE_CONTRAST = 110;
  private static final double BACKGROUND_CONTRAST = 60;

  static Palette draw(PictureRandom random) {
    Palette palette;
    do {
      palette = new Palette(random.mutedColour(), random.colour(), random.colour());
    } while (!palette.isLegible());
    return palette;
  }

  private boolean isLegible() {
    return Math.abs(luminance(first) - luminance(second)) >= TEXTURE_CONTRAST
        && distance(background, first) >= BACKGROUND_CONTRAST
        && distance(background, second) >= BACKGROUND_CONTRAST;
  }

  private static double luminance(Color colour) {
    return luminance(colour.getRed(), colour.getGreen(), colour.getBlue());
  }

  static double luminance(int red, int green, int blue) {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  private static double distance(Color left, Color right) {
    double red = left.getRed() - right.getRed();
    double green = left.getGreen() - right.getGreen();
    double blue = left.getBlue() - right.getBlue();
    return Math.sqrt(red * red + green * green + blue * blue);
  }
}
