package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Rejection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourcePartCoderTest {
  private static final Location ARCHIVE = new Location("gs://bucket/a.tar");

  static Stream<SourcePart> parts() {
    return Stream.of(
        new ClassTar(ARCHIVE, 147_000_000_000L, 1, "n01440764"),
        new FlatTar(ARCHIVE, List.of("n01440764", FlatTar.LEFT_OUT, "n02119789")),
        new FlatTar(ARCHIVE, List.of()),
        new ClassFolder(ARCHIVE, "n01440764"),
        new RejectedPart(new Rejection("../é", "a.tar", 512, "UNSAFE_NAME", "it points out")));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void encode_part_isReadBackEqual(SourcePart part) throws Exception {
    assertThat(CoderUtils.clone(new SourcePartCoder(), part)).isEqualTo(part);
  }
}
