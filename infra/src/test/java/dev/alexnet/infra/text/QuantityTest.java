package dev.alexnet.infra.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void of_oneNoneAndMany_agreesWithTheNumber() {
    assertThat(Quantity.of(1, "picture")).isEqualTo("1 picture");
    assertThat(Quantity.of(0, "shard")).isEqualTo("0 shards");
    assertThat(Quantity.of(1_281_167, "image")).isEqualTo("1,281,167 images");
    assertThat(Quantity.of(1, "class")).isEqualTo("1 class");
    assertThat(Quantity.of(1000, "class")).isEqualTo("1,000 classes");
  }
}
