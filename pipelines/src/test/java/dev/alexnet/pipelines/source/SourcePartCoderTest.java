package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.tar.TarMember;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcePartCoderTest {
  private static final Location ARCHIVE = new Location("gs://bucket/a.tar");

  private static final Patch PATCH =
      new Patch(
          List.of(
              new TarMember(new Location("patch.tar"), "train/n01440764_1.JPEG", 512, 7),
              new TarMember(
                  new Location("gs://bucket/patch.tar"),
                  "train/n01440764_2.JPEG",
                  1536,
                  9,
                  1_700_000_000_000_000L,
                  0xffff_ffffL)));

  static Stream<SourcePart> parts() {
    return Stream.of(
        new ClassTar(ARCHIVE, 147_000_000_000L, 1, "n01440764", Patch.NONE, 1_700_000_000_000_000L),
        new ClassTar(new Location("a.tar"), 512, 1024, "n01440764", PATCH, 0),
        new ArchiveBytes(
            new CheckedRange(ARCHIVE, 1_700_000_000_000_000L, 512, 1024, ArchiveBytes.UNREAD)),
        new FlatTar(
            ARCHIVE, "val_", List.of("n01440764", FlatTar.LEFT_OUT, "n02119789"), Patch.NONE),
        new FlatTar(ARCHIVE, "test_", List.of(), PATCH),
        new ClassFolder(ARCHIVE, "n01440764"),
        new PictureFolder(ARCHIVE, new PictureClasses.Unknown(), List.of()),
        new PictureFolder(
            ARCHIVE, new PictureClasses.Annotated(new Location("a.txt")), List.of("wolf")),
        new PictureTar(ARCHIVE, new PictureClasses.InName(), List.of("n01440764")),
        new PictureTar(
            ARCHIVE, new PictureClasses.Numbered("val_", List.of("n02119789")), List.of()),
        new WebDatasetTar(
            ARCHIVE,
            WebDatasetTar.ClassBy.LABEL,
            new TreeMap<>(Map.of("0", "n01440764")),
            List.of("wolf"),
            "hash"),
        new LabelledTar(
            ARCHIVE, new TreeMap<>(Map.of("0", "n01440764", "10", "10")), List.of("wolf")),
        new LabelledTar(ARCHIVE, new TreeMap<>(), List.of()),
        new PictureCsvPart(
            new Location("gs://bucket/train.csv"),
            10_000,
            17,
            new TreeMap<>(Map.of(0, "cat", 7, "dog")),
            List.of("wolf"),
            new TreeMap<>(Map.of(10_003L, 17L))),
        NonPicturePart.rejected(
            new Rejection("../é", "a.tar", 512, "UNSAFE_NAME", "it points out")),
        NonPicturePart.ignored(".DS_Store"));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void encode_part_isReadBackEqual(SourcePart part) throws Exception {
    assertThat(CoderUtils.clone(new SourcePartCoder(), part)).isEqualTo(part);
  }
}
