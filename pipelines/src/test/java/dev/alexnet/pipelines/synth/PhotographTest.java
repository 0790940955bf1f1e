package dev.alexnet.pipelines.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PhotographTest {
  private static final long SEED = 5;

  @Test
  void take_sameKeyAndSeed_givesSameBytes() {
    assertThat(Photograph.take(key(3, 1), SEED)).isEqualTo(Photograph.take(key(3, 1), SEED));
  }

  @Test
  void take_anyPartOfTheOriginChanged_givesOtherBytes() {
    PictureKey validation =
        new PictureKey(PictureKey.Split.VALIDATION, SyntheticClass.first(4).get(3), 1);
    assertThat(
            List.of(
                Photograph.take(key(3, 1), SEED),
                Photograph.take(key(3, 1), SEED + 1),
                Photograph.take(key(3, 2), SEED),
                Photograph.take(key(2, 1), SEED),
                Photograph.take(validation, SEED)))
        .doesNotHaveDuplicates();
  }

  @Test
  void take_everyThirdOfTheThousandClasses_givesAJpegOfColourOrGrey() throws IOException {
    int grey = 0;
    for (int number = 0; number < 1000; number += 3) {
      byte[] jpeg = Photograph.take(key(number, 1), SEED);
      assertThat(jpeg).startsWith(0xff, 0xd8, 0xff).endsWith(0xff, 0xd9);
      BufferedImage image = read(jpeg);
      assertThat(image.getWidth()).isBetween(80, 200);
      assertThat(image.getHeight()).isBetween(80, 200);
      grey += image.getRaster().getNumBands() == 1 ? 1 : 0;
    }
    assertThat(grey).isBetween(1, 30);
  }

  @Test
  void take_manyPictures_variesInSizeAndAspect() throws IOException {
    List<Integer> widths = new ArrayList<>();
    List<Double> aspects = new ArrayList<>();
    for (int number = 1; number <= 60; number++) {
      BufferedImage image = read(Photograph.take(key(0, number), SEED));
      widths.add(image.getWidth());
      aspects.add((double) image.getWidth() / image.getHeight());
    }
    assertThat(widths.stream().distinct().count()).isGreaterThan(30);
    assertThat(aspects).anyMatch(aspect -> aspect > 1.25).anyMatch(aspect -> aspect < 0.8);
  }

  /** The spread of a class's mean is its pictures' spread over the root of their number. */
  @Test
  void take_picturesOfTenClasses_haveTheSameMeanColour() throws IOException {
    int pictures = 120;
    double[][] means = new double[10][3];
    double[][] variances = new double[10][3];
    for (int number = 0; number < 10; number++) {
      double[] sums = new double[3];
      double[] squares = new double[3];
      for (int i = 1; i <= pictures; i++) {
        double[] mean = meanColour(read(Photograph.take(key(number, i), SEED)));
        for (int band = 0; band < 3; band++) {
          sums[band] += mean[band];
          squares[band] += mean[band] * mean[band];
        }
      }
      for (int band = 0; band < 3; band++) {
        means[number][band] = sums[band] / pictures;
        double mean = means[number][band];
        variances[number][band] = squares[band] / pictures - mean * mean;
      }
    }
    for (int band = 0; band < 3; band++) {
      int colour = band;
      double all =
          IntStream.range(0, 10).mapToDouble(i -> means[i][colour]).average().orElseThrow();
      for (int number = 0; number < 10; number++) {
        double error = Math.sqrt(variances[number][band] / pictures);
        assertThat(means[number][band])
            .as("band %s of %s", band, SyntheticClass.first(10).get(number).words())
            .isCloseTo(all, within(3.5 * error));
      }
    }
  }

  private static PictureKey key(int classNumber, int number) {
    SyntheticClass kind = SyntheticClass.first(1000).get(classNumber);
    return new PictureKey(PictureKey.Split.TRAINING, kind, number);
  }

  private static double[] meanColour(BufferedImage image) {
    Raster raster = image.getRaster();
    double[] means = new double[3];
    for (int band = 0; band < 3; band++) {
      int there = Math.min(band, raster.getNumBands() - 1);
      int[] samples =
          raster.getSamples(0, 0, image.getWidth(), image.getHeight(), there, (int[]) null);
      means[band] = IntStream.of(samples).average().orElseThrow();
    }
    return means;
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }
}
