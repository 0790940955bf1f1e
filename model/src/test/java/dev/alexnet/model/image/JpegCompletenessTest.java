package dev.alexnet.model.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans and restart intervals that are lost; the pictures come from Pillow. */
class JpegCompletenessTest {
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  private static byte[] resource(String name) throws IOException {
    return PictureConverterTest.resource(name);
  }

  /** The places of the markers of a kind, outside of segments. */
  private static List<Integer> markers(byte[] jpeg, int first, int last) {
    List<Integer> places = new ArrayList<>();
    int position = 2;
    while (position + 1 < jpeg.length) {
      int code = jpeg[position + 1] & 0xff;
      if ((jpeg[position] & 0xff) != 0xff || code == 0) {
        position++;
        continue;
      }
      if (code >= first && code <= last) {
        places.add(position);
      }
      boolean alone = code >= 0xd0 && code <= END;
      position += 2 + (alone ? 0 : (jpeg[position + 2] & 0xff) << 8 | (jpeg[position + 3] & 0xff));
    }
    return places;
  }

  private static byte[] without(byte[] file, int from, int to) {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.write(file, 0, from);
    rest.write(file, to, file.length - to);
    return rest.toByteArray();
  }

  private static RejectedPicture rejection(byte[] file) {
    return catchThrowableOfType(RejectedPicture.class, () -> JpegCompleteness.check(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "landscape.jpg",
        "portrait.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "formats/progressive.jpg",
        "formats/restarts.jpg",
        "formats/restarts_progressive.jpg",
        "formats/two.mpo",
        "formats/rgb_444.jpg",
        "formats/rgb_adobe.jpg"
      })
  void check_intactPicture_isComplete(String name) throws Exception {
    JpegCompleteness.check(resource(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"portrait.jpg", "formats/progressive.jpg"})
  void check_progressivePictureWithoutAScan_isRejectedWhicheverIsLost(String name)
      throws Exception {
    byte[] picture = resource(name);
    List<Integer> scans = markers(picture, SCAN, SCAN);
    int end = markers(picture, END, END).get(0);
    assertThat(scans).hasSize(10);

    for (int lost = 1; lost < scans.size(); lost++) {
      RejectedPicture rejection = rejection(without(picture, scans.get(lost), end));
      assertThat(rejection.reason()).isEqualTo(Reason.TRUNCATED);
      assertThat(rejection)
          .hasMessage(
              "its last scans are missing after %d: not every coefficient has all of its bits"
                  .formatted(lost));
    }
  }

  /** TensorFlow decodes such a picture: only the check refuses it. */
  @Test
  void convert_progressivePictureWithoutItsLastScans_isRejected() throws Exception {
    byte[] picture = resource("formats/progressive.jpg");
    List<Integer> scans = markers(picture, SCAN, SCAN);
    byte[] cut = without(picture, scans.get(7), markers(picture, END, END).get(0));

    try (PictureConverter converter = new PictureConverter(24, 95, ResizeMethod.AREA)) {
      assertThat(converter.convert(picture).sourceWidth()).isEqualTo(61);
      RejectedPicture rejection =
          catchThrowableOfType(RejectedPicture.class, () -> converter.convert(cut));
      assertThat(rejection).hasMessageStartingWith("its last scans are missing after 7");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"formats/restarts.jpg", "formats/restarts_progressive.jpg"})
  void check_lostRestartInterval_isRejectedWhicheverIsLost(String name) throws Exception {
    byte[] picture = resource(name);
    List<Integer> restarts = markers(picture, 0xd0, 0xd7);
    List<Integer> ends = markers(picture, 0xc0, END);
    assertThat(restarts).hasSizeGreaterThan(5);

    for (int restart : restarts) {
      int next = ends.get(ends.indexOf(restart) + 1);
      RejectedPicture rejection = rejection(without(picture, restart, next));
      assertThat(rejection.reason()).isEqualTo(Reason.TRUNCATED);
      assertThat(rejection).hasMessageStartingWith("restart intervals are missing in scan ");
    }
  }

  @Test
  void check_aCycleOfEightRestartIntervalsLost_isNoticedByTheirCount() throws Exception {
    byte[] picture = resource("formats/restarts.jpg");
    List<Integer> restarts = markers(picture, 0xd0, 0xd7);
    assertThat(restarts).hasSizeGreaterThan(8);

    assertThat(rejection(without(picture, restarts.get(0), restarts.get(8))))
        .hasMessage(
            "restart intervals are missing in scan 1: it has %d of %d"
                .formatted(restarts.size() + 1 - 8, restarts.size() + 1));
  }

  @Test
  void check_moreRestartMarkersThanNeeded_areAccepted() throws Exception {
    byte[] picture = resource("formats/restarts.jpg");
    int end = markers(picture, END, END).get(0);
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(picture, 0, end);
    longer.write(new byte[] {(byte) 0xff, (byte) 0xd5});
    longer.write(picture, end, picture.length - end);

    JpegCompleteness.check(longer.toByteArray());
  }
}
