package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.image.Orientation;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.Drawing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Pictures of other formats than JPEG and PNG, and pictures that are to be turned. */
class ConvertPicturesTest extends ConversionTest {
  private static byte[] picture(String name) throws IOException {
    try (InputStream file =
        ConvertPicturesTest.class.getResourceAsStream("/dev/alexnet/model/image/formats/" + name)) {
      return file.readAllBytes();
    }
  }

  @Test
  void run_picturesOfManyFormats_readsThemByTheirContent() throws Exception {
    Map<String, byte[]> pictures = new TreeMap<>();
    pictures.put("1.gif", picture("palette.gif"));
    pictures.put("2.bmp", picture("rgb.bmp"));
    pictures.put("3.tif", picture("lzw.tif"));
    pictures.put("4.WebP", picture("lossless.webp"));
    pictures.put("5.HEIC", picture("rgb_444.jpg"));
    pictures.put("6.jfif", picture("restarts.jpg"));
    pictures.put("7.jpe", picture("two.mpo"));
    pictures.put("8.heic", "....ftypheic....".getBytes(StandardCharsets.US_ASCII));
    pictures.put("Thumbs.db", new byte[] {1});
    pictures.put("desktop.ini", new byte[] {1});
    Archives.writeFolders(input, Map.of("cat", pictures));

    ConvertResult result = run(settings("train", 1, 7, 0, 1));

    assertThat(records())
        .extracting(ImageRecord::fileName)
        .containsExactlyInAnyOrder(
            "cat/1.gif",
            "cat/2.bmp",
            "cat/3.tif",
            "cat/4.WebP",
            "cat/5.HEIC",
            "cat/6.jfif",
            "cat/7.jpe");
    assertThat(rejections())
        .extracting(Rejection::image, Rejection::reason, Rejection::message)
        .containsExactly(
            tuple(
                "cat/8.heic",
                "UNSUPPORTED",
                "it is a HEIC file, which is not supported: convert it to JPEG or PNG (JPEG, PNG, GIF, BMP, TIFF and WebP are read)"));
    assertThat(result.source()).endsWith("2 names ignored: cat/Thumbs.db, cat/desktop.ini");
  }

  @Test
  void run_picturesThatAreToBeTurned_countsThemAndTurnsThemIfAsked() throws Exception {
    Archives.writeFolders(
        input,
        Map.of(
            "cat",
            Map.of(
                "1.jpg", picture("orientation_1.jpg"),
                "3.jpg", picture("orientation_3.jpg"),
                "6.jpg", picture("orientation_6.jpg"))));

    ConvertResult ignored = run(settings("train", 1, 7, 0, 0));

    assertThat(ignored.notices())
        .contains(
            "2 pictures have an EXIF orientation, which was ignored. To turn such pictures, convert with --orientation apply");
    assertThat(images()).as("the same picture").hasSize(1);
    assertThat(manifestSettings()).doesNotContainKey("orientation");
    output = directory.resolve("turned");
    ConvertResult applied =
        run(
            ConvertSettings.builder()
                .set(ConvertSettings.INPUT, Location.of(input))
                .set(ConvertSettings.OUTPUT, Location.of(output))
                .set(ConvertSettings.SHARDS, 1)
                .set(ConvertSettings.SIZE, SIZE)
                .set(Orientation.SETTING, Orientation.APPLY)
                .build());
    assertThat(applied.notices()).contains("2 pictures were turned as the EXIF orientation says");
    assertThat(images()).hasSize(3);
    assertThat(manifestSettings()).containsEntry("orientation", "apply");
  }

  private List<String> images() {
    return records().stream()
        .map(record -> HexFormat.of().formatHex(record.image()))
        .distinct()
        .toList();
  }

  private Map<String, String> manifestSettings() {
    return Dataset.open(store, Location.of(output)).manifest().settings();
  }

  @Test
  void run_pictureWithTheNameOfAText_isReadByItsContent() throws Exception {
    Files.createDirectories(input.resolve("cat"));
    Files.write(input.resolve("cat/a.jpg"), Drawing.jpeg(60, 60, 1));
    Files.write(input.resolve("cat/d.txt"), Drawing.png(60, 60, 2));
    Files.writeString(input.resolve("cat/e.txt"), "BMW, not a bitmap");

    run(settings("train", 1, 7, 0, 1));

    assertThat(records()).extracting(ImageRecord::fileName).containsOnly("cat/a.jpg", "cat/d.txt");
    assertThat(rejections()).extracting(Rejection::image).containsExactly("cat/e.txt");
  }
}
