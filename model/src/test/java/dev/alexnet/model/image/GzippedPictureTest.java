package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzippedPictureTest {
  @Test
  void unwrapped_gzippedPicture_givesThePicture() throws Exception {
    byte[] picture = PictureConverterTest.resource("landscape.jpg");

    assertThat(GzippedPicture.unwrapped(gzipped(picture))).isEqualTo(picture);
    assertThat(GzippedPicture.unwrapped(picture)).isSameAs(picture);
  }

  @Test
  void convert_gzippedPicture_givesThePixelsOfThePicture() throws Exception {
    byte[] picture = PictureConverterTest.resource("landscape.jpg");
    try (PictureConverter converter = new PictureConverter(24, 95, ResizeMethod.AREA)) {
      assertThat(converter.convert(gzipped(picture)).pixels())
          .isEqualTo(converter.convert(picture).pixels());
    }
  }

  @Test
  void unwrapped_bomb_isRejected() throws IOException {
    byte[] bomb = gzipped(new byte[PictureHeader.LARGEST_FILE + 1]);

    assertThat(rejection(bomb))
        .hasMessage("its " + bomb.length + " gzip'd bytes hold more than 67108864")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void unwrapped_gzipWithinGzip_isRejected() throws IOException {
    byte[] picture = PictureConverterTest.resource("landscape.jpg");

    assertThat(rejection(gzipped(gzipped(picture))))
        .hasMessage("it is a gzip file within a gzip file")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void unwrapped_cutFile_isRejectedAsTruncated() throws IOException {
    byte[] file = gzipped(PictureConverterTest.resource("landscape.jpg"));
    for (int length = 2; length < file.length; length += 17) {
      assertThat(rejection(Arrays.copyOf(file, length)).reason()).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void unwrapped_damagedFile_isRejected() throws IOException {
    byte[] file = gzipped(PictureConverterTest.resource("landscape.jpg"));
    file[file.length - 6] ^= 1;

    assertThat(rejection(file))
        .hasMessage("its gzip layer cannot be inflated: Corrupt GZIP trailer")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.DECODER_ERROR);
  }

  private static byte[] gzipped(byte[] content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(file)) {
      stream.write(content);
    }
    return file.toByteArray();
  }

  private static RejectedPicture rejection(byte[] file) {
    return catchThrowableOfType(RejectedPicture.class, () -> GzippedPicture.unwrapped(file));
  }
}
