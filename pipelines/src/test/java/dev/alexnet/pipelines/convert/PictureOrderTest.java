package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.source.PictureReference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureOrderTest {
  private final PictureOrder order = new PictureOrder(7);

  /**
   * Python: {@code int.from_bytes(hashlib.sha256(struct.pack('>q', 7) +
   * b'n01440764_1.JPEG').digest()[:8], 'big') & (2**63 - 1)}.
   */
  @Test
  void hash_id_isTheFirstBytesOfSha256() {
    assertThat(order.hash("n01440764_1.JPEG")).isEqualTo(3260019512386824009L);
  }

  @Test
  void hash_otherSeed_isAnother() {
    assertThat(new PictureOrder(8).hash("n01440764_1.JPEG"))
        .isNotEqualTo(order.hash("n01440764_1.JPEG"));
  }

  @Test
  void shard_manyPictures_areSpreadEvenly() {
    int[] pictures = new int[8];
    IntStream.range(0, 8000)
        .forEach(i -> pictures[order.shard("ILSVRC2012_val_%08d.JPEG".formatted(i), 8)]++);

    // Four standard deviations of a binomial distribution.
    for (int count : pictures) {
      assertThat(count).isBetween(880, 1120);
    }
  }

  @Test
  void sorted_picturesOfOneId_areOrderedByWhereTheyAre() {
    PictureReference first = new PictureReference(new Location("a"), 1, 0, "id", "n1");
    PictureReference second = new PictureReference(new Location("a"), 2, 0, "id", "n1");
    PictureReference third = new PictureReference(new Location("b"), 0, 0, "id", "n1");

    assertThat(order.sorted(List.of(third, second, first))).containsExactly(first, second, third);
  }
}
