package dev.alexnet.ops.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedImageTest {
  private static final String REPOSITORY = "us-central1-docker.pkg.dev/my-project/alexnet-dev";
  private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(strings = {"/alexnet", "/alexnet/gpu", "/alex.net", "/a_b", "/a__b", "/a--b", "/0"})
  void isValid_nameWithItsDigest_is(String name) {
    assertThat(PinnedImage.isValid(REPOSITORY + name + DIGEST)).isTrue();
    assertThat(PinnedImage.isValid("localhost:5000" + name + DIGEST)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/alexnet:tag",
        "/",
        "",
        "/a/../b",
        "/a//b",
        "/Alexnet",
        "/a b",
        "/-a",
        "/a-",
        "/a___b",
        "/a.-b"
      })
  void isValid_nameThatRegistriesRefuseOrATag_isNot(String name) {
    assertThat(PinnedImage.isValid("localhost" + name + DIGEST)).isFalse();
    assertThat(PinnedImage.isValid(REPOSITORY + "/image" + name + DIGEST))
        .isEqualTo(name.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@sha256:0123",
        "@sha512:0123",
        ":latest",
        "@sha256:",
        "@sha256:0123456789ABCDEF"
      })
  void isValid_withoutACompleteDigest_isNot(String digest) {
    assertThat(PinnedImage.isValid(REPOSITORY + "/alexnet" + digest)).isFalse();
  }
}
