package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.PictureHeader.Format;
import dev.alexnet.model.image.RejectedPicture.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureHeaderTest {
  // Start of image, comment of 2 bytes, baseline frame of 3 components, start of scan.
  private static final String JPEG =
      "ffd8 fffe00046869 ffc00011 08 %s %s 03 012200 021101 031101"
          + " ffda000c 03 0100 0211 0311 00 3f 00";

  @ParameterizedTest
  @CsvSource({
    "landscape.jpg, JPEG, 61, 45, 3",
    "portrait.jpg, JPEG, 39, 80, 3",
    "grey.jpg, JPEG, 70, 53, 1",
    "cmyk.jpg, JPEG, 61, 46, 4",
    "transparent.png, PNG, 50, 33, 4",
    "palette.png, PNG, 47, 62, 3",
  })
  void read_picture_givesWhatItSaysOfItself(
      String name, Format format, int width, int height, int components) throws Exception {
    assertThat(PictureHeader.read(PictureConverterTest.resource(name)))
        .isEqualTo(new PictureHeader(format, width, height, components));
  }

  @Test
  void read_jpegOfManyPixels_isRejectedBeforeDecoding() throws Exception {
    assertThat(PictureHeader.read(jpeg("1d4c", "1a04")).area()).isEqualTo(7_500L * 6_660);

    assertThat(rejection(jpeg("4e20", "4e20")))
        .hasMessage("it is 20000 × 20000 pixels; the limit is 50000000 pixels")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void read_pngOfManyPixels_isRejectedBeforeDecoding() throws Exception {
    byte[] file = PictureConverterTest.resource("palette.png");
    ByteBuffer.wrap(file).putInt(16, 100_000).putInt(20, 100_000);

    assertThat(rejection(file).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void read_fileOfManyBytes_isRejected() {
    assertThat(rejection(new byte[PictureHeader.LARGEST_FILE + 1]))
        .hasMessage("it has 67108865 bytes; the limit is 67108864")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource({
    "%PDF-1.4, UNSUPPORTED, a PDF",
    "....ftypheic...., UNSUPPORTED, a HEIC",
    "....ftypmif1...., UNSUPPORTED, a HEIC",
    "....ftypavif...., UNSUPPORTED, an AVIF",
    "....ftypisom...., UNSUPPORTED, an MP4 or other ISO media",
    "\u00ffO\u00ffQ.., UNSUPPORTED, a JPEG 2000",
    "8BPS...., UNSUPPORTED, a Photoshop",
    "<svg xmlns=, UNSUPPORTED, an SVG",
  })
  void read_otherFormat_isRejectedByItsContentAndNamed(
      String content, Reason reason, String format) {
    RejectedPicture rejection = rejection(content.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection)
        .hasMessage(
            "it is %s file, which is not supported: convert it to JPEG or PNG (JPEG, PNG, GIF, BMP, TIFF and WebP are read)"
                .formatted(format));
  }

  @ParameterizedTest
  @CsvSource({
    "GIF89a.., TRUNCATED",
    "BM......, TRUNCATED",
    "RIFF....WEBPVP8, TRUNCATED",
    "II*\0....., CORRUPT_HEADER",
    "MM\0*....., CORRUPT_HEADER",
  })
  void read_headerWithoutMore_isRejected(String content, Reason reason) {
    assertThat(rejection(content.getBytes(StandardCharsets.ISO_8859_1)).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "<!DOCTYPE html>.., NOT_AN_IMAGE, 'it starts with ''<!DOCTYPE html>.'', which is not a "
        + "known image format'",
  })
  void read_somethingElse_isRejectedByItsContent(String content, Reason reason, String message) {
    RejectedPicture rejection = rejection(content.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(rejection.reason()).isEqualTo(reason);
    assertThat(rejection).hasMessage(message);
  }

  @Test
  void read_jpegXl_isNamedInBothOfItsForms() {
    for (String start : new String[] {"\u00ff\n..", "\0\0\0\fJXL \r\n\u0087\n"}) {
      assertThat(rejection(start.getBytes(StandardCharsets.ISO_8859_1)))
          .hasMessageStartingWith("it is a JPEG XL file, which is not supported");
    }
  }

  @Test
  void read_zeros_isRejectedByItsContent() {
    assertThat(rejection(new byte[] {0, 'a', 0}))
        .hasMessage("it starts with '\\x00a\\x00', which is not a known image format")
        .extracting(RejectedPicture::reason)
        .isEqualTo(Reason.NOT_AN_IMAGE);
  }

  @Test
  void read_gzip_isRejectedAsUnsupported() {
    assertThat(rejection(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
        .hasMessage(
            "it is a gzip file, which is not supported: convert it to JPEG or PNG (JPEG, PNG, GIF, BMP, TIFF and WebP are read)");
  }

  @Test
  void read_emptyFile_isRejected() {
    assertThat(rejection(new byte[0]).reason()).isEqualTo(Reason.EMPTY);
  }

  @Test
  void read_headerCutAnywhere_isRejectedAsTruncated() throws Exception {
    byte[] jpeg = jpeg("0010", "0020");
    byte[] png = PictureConverterTest.resource("palette.png");
    for (int length = 2; length < jpeg.length - 12; length++) {
      assertThat(rejection(Arrays.copyOf(jpeg, length)).reason()).isEqualTo(Reason.TRUNCATED);
    }
    for (int length = 8; length < 33; length++) {
      assertThat(rejection(Arrays.copyOf(png, length)).reason()).isEqualTo(Reason.TRUNCATED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Lossless, 12 bits, 2 components.
    "ffd8 ffc3000b 08 0010 0010 01 011100, UNSUPPORTED",
    "ffd8 ffc1000b 0c 0010 0010 01 011100, UNSUPPORTED",
    "ffd8 ffc0000e 08 0010 0010 02 011100021100, UNSUPPORTED",
    // No height, a scan without a frame, a segment of no length.
    "ffd8 ffc0000b 08 0000 0010 01 011100, CORRUPT_HEADER",
    "ffd8 ffda000c 03 0100 0211 0311 00 3f 00, CORRUPT_HEADER",
    "ffd8 ffe00000 0000 0000 0000, CORRUPT_HEADER",
  })
  void read_jpegThatIsNotDecoded_isRejected(String bytes, Reason reason) {
    assertThat(rejection(HexFormat.of().parseHex(bytes.replace(" ", ""))).reason())
        .isEqualTo(reason);
  }

  @Test
  void read_jpegWithFillBytesBetweenSegments_findsTheFrame() throws Exception {
    byte[] file =
        HexFormat.of()
            .parseHex(
                "ffd80000ffffffffd0ffc0000b0800100020010111 00ffda0008010100003f00"
                    .replace(" ", ""));

    assertThat(PictureHeader.read(file)).isEqualTo(new PictureHeader(Format.JPEG, 32, 16, 1));
  }

  @Test
  void read_pngWithoutHeight_isRejected() throws Exception {
    byte[] file = PictureConverterTest.resource("palette.png");
    ByteBuffer.wrap(file).putInt(20, 0);

    assertThat(rejection(file).reason()).isEqualTo(Reason.CORRUPT_HEADER);
  }

  @Test
  void read_pngChunkOfNegativeLength_isRejected() throws Exception {
    byte[] file = PictureConverterTest.resource("palette.png");
    ByteBuffer.wrap(file).putInt(33, -1);

    assertThat(rejection(file)).hasMessage("the chunk at byte 33 has an invalid length");
  }

  @Test
  void read_jpegEndingBeforeItsScan_isRejected() throws Exception {
    byte[] file = HexFormat.of().parseHex("ffd8ffc0000b080010002001011100ffd900000000");

    assertThat(rejection(file)).hasMessage("no scan comes before byte 17");
  }

  private static byte[] jpeg(String height, String width) {
    return HexFormat.of().parseHex(JPEG.formatted(height, width).replace(" ", ""));
  }

  private static RejectedPicture rejection(byte[] file) {
    return catchThrowableOfType(RejectedPicture.class, () -> PictureHeader.read(file));
  }
}
