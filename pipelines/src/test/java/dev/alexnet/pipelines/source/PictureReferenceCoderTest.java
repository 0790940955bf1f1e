package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

class PictureReferenceCoderTest {
  private final PictureReferenceCoder coder = new PictureReferenceCoder();
  private final PictureReference reference =
      new PictureReference(
          new Location("gs://bucket/train.tar"),
          147_000_000_000L,
          110_000,
          "é_1.JPEG",
          "n01440764",
          1_700_000_000_000_000L,
          0xffff_ffffL);

  @Test
  void encode_reference_isReadBackEqual() throws Exception {
    byte[] encoded = CoderUtils.encodeToByteArray(coder, reference);

    assertThat(CoderUtils.decodeFromByteArray(coder, encoded)).isEqualTo(reference);
    assertThat(CoderUtils.encodeToByteArray(coder, CoderUtils.clone(coder, reference)))
        .isEqualTo(encoded);
    assertThat(encoded).hasSizeLessThan(73);
  }

  @Test
  void encode_localReference_hasNeitherGenerationNorChecksum() throws Exception {
    PictureReference local = new PictureReference(new Location("a"), 1, 2, "id", "n1");

    byte[] encoded = CoderUtils.encodeToByteArray(coder, local);

    assertThat(CoderUtils.decodeFromByteArray(coder, encoded)).isEqualTo(local);
    assertThat(encoded)
        .asHexString()
        .isEqualToIgnoringCase("0161" + "01" + "02" + "026964" + "026E31");
  }

  @Test
  void withoutDirectory_referenceOnAnObjectStore_isThatOfALocalCopy() {
    assertThat(reference.withoutDirectory())
        .isEqualTo(
            new PictureReference(
                new Location("train.tar"), 147_000_000_000L, 110_000, "é_1.JPEG", "n01440764"));
  }

  @Test
  void coder_serialised_isEqual() {
    assertThat(SerializableUtils.ensureSerializable(coder)).isEqualTo(coder);
  }
}
