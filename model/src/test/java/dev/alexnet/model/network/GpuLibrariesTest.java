package dev.alexnet.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class GpuLibrariesTest {

  @Test
  void missing_aLibraryThatDoesNotExist_isNamedWithTheSystemsReason() {
    assumeFalse(GpuLibraries.areUsed(), "needs TensorFlow's CPU build");
    List<GpuLibraries.Missing> missing =
        GpuLibraries.missing(List.of("libtensorflow_framework.so.2", "libnobody-has-it.so.7"));

    assertThat(missing)
        .extracting(GpuLibraries.Missing::name)
        .containsExactly("libnobody-has-it.so.7");
    assertThat(missing.get(0).reason())
        .startsWith("libnobody-has-it.so.7: cannot open shared object file");
  }
}
