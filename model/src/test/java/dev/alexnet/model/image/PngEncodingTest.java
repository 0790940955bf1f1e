package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngEncodingTest {
  @TempDir Path directory;

  /** ImageIO's directory for temporary files does not exist. */
  @Test
  void of_picture_usesNoTemporaryFile() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(2, 1, 0x123456);
    Path cache = Files.createDirectory(directory.resolve("cache"));
    File before = ImageIO.getCacheDirectory();
    ImageIO.setCacheDirectory(cache.toFile());
    byte[] png;
    try {
      Files.delete(cache);
      png = PngEncoding.of(picture);
    } finally {
      ImageIO.setCacheDirectory(before);
    }
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(read.getWidth()).isEqualTo(3);
    assertThat(read.getHeight()).isEqualTo(2);
    assertThat(read.getRGB(2, 1)).isEqualTo(0xff123456);
    assertThat(read.getRGB(0, 0)).isEqualTo(0xff000000);
  }
}
