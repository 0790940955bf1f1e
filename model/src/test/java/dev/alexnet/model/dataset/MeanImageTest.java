package dev.alexnet.model.dataset;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MeanImageTest {

  /** Pixel (row, column) is (10 row, 10 column, 100). */
  private static MeanImage ofSize(int size) {
    float[] values = new float[size * size * 3];
    for (int pixel = 0; pixel < size * size; pixel++) {
      values[pixel * 3] = 10 * (pixel / size);
      values[pixel * 3 + 1] = 10 * (pixel % size);
      values[pixel * 3 + 2] = 100;
    }
    return new MeanImage(size, values);
  }

  @Test
  void centre_evenRest_isTheMiddle() {
    MeanImage centre = ofSize(4).centre(2);

    assertThat(centre.size()).isEqualTo(2);
    assertThat(centre.values()).containsExactly(10, 10, 100, 10, 20, 100, 20, 10, 100, 20, 20, 100);
  }

  @Test
  void centre_oddRest_roundsTheOffsetDown() {
    assertThat(ofSize(4).centre(1).values()).containsExactly(10, 10, 100);
    assertThat(ofSize(2).centre(1).values()).containsExactly(0, 0, 100);
  }

  @Test
  void centre_wholeSize_isTheSame() {
    assertThat(ofSize(3).centre(3).values()).containsExactly(ofSize(3).values());
  }

  @Test
  void centre_largerThanImage_isMismatch() {
    assertThatFailure(() -> ofSize(3).centre(4))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessage("The mean image is 3 pixels wide; a centre of 4 does not fit");
  }

  @Test
  void new_wrongNumberOfValues_isBadData() {
    assertThatFailure(() -> new MeanImage(2, new float[3]))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("A mean image of size 2 has 3 values");
    assertThatFailure(() -> new MeanImage(0, new float[0]));
  }

  @Test
  void fromBytes_fileOfNumpy_givesItsValues() {
    MeanImage mean = MeanImage.fromBytes(4, Golden.bytes("mean_image.f32"), "mean_image.f32");

    // The first pixels of the three images are (0, 38, 138), (80, 22, 26) and (160, 6, 170).
    assertThat(mean.values()).startsWith(80, 22, 334 / 3f);
    assertThat(mean.toBytes()).isEqualTo(Golden.bytes("mean_image.f32"));
  }

  @Test
  void fromBytes_wrongLength_isBadData() {
    assertThatFailure(() -> MeanImage.fromBytes(2, new byte[47], "d/mean_image.f32"))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage("d/mean_image.f32 has 47 bytes; a mean image of size 2 has 48. Convert again");
  }

  @Test
  void png_image_hasItsRoundedColours() throws IOException {
    MeanImage mean = new MeanImage(2, new float[] {0, 127.4f, 255, 1, 2, 3, 0.5f, 4, 5, 6, 7, 8});

    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(MeanPicture.png(mean)));
    assertThat(picture.getWidth()).isEqualTo(2);
    assertThat(picture.getHeight()).isEqualTo(2);
    assertThat(picture.getRGB(0, 0)).isEqualTo(0xff007fff);
    assertThat(picture.getRGB(1, 0)).isEqualTo(0xff010203);
    assertThat(picture.getRGB(0, 1)).isEqualTo(0xff010405);
    assertThat(picture.getRGB(1, 1)).isEqualTo(0xff060708);
  }
}
