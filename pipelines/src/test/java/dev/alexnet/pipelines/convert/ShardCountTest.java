package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardCountTest {

  @ParameterizedTest
  @CsvSource({
    "1281167, 0, 1024",
    "50000, 0, 40",
    "25000, 0, 20",
    "500, 0, 4",
    "1, 0, 4",
    "500, 7, 7",
  })
  void of_images_dependsOnNothingElse(long images, int asked, int shards) {
    assertThat(ShardCount.of(images, asked)).isEqualTo(shards);
  }
}
