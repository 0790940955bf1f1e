package dev.alexnet.pipelines.devkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.SourceSettings;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the published devkits. */
@RealData.Needed
class RealDevkitTest {

  private static Devkit devkit(String name, List<IlsvrcRelease> accepted) {
    Location folder = Location.of(RealData.folder("devkits/" + name));
    SourceSettings settings =
        new SourceSettings(
            new Location("unused"),
            Split.VALIDATION,
            InputLayout.ILSVRC2012,
            folder,
            "all",
            ClassOrder.AUTO);
    return Devkit.find(ObjectStores.standard(), settings.devkit(), settings.input(), accepted)
        .orElseThrow();
  }

  @Test
  void labels_devkitOf2012_areItsThousandClasses() {
    Devkit devkit = devkit("ILSVRC2012_devkit_t12", IlsvrcRelease.ALL);

    assertThat(devkit.labels().size()).isEqualTo(1000);
    assertThat(devkit.labels().classOf(0))
        .isEqualTo(new ClassLabel("n01440764", "tench, Tinca tinca"));
    assertThat(devkit.labels().classOf(999).wnid()).isEqualTo("n15075141");
    assertThat(devkit.labels().labelOf("n02119789")).hasValue(278);
    assertThat(devkit.labels().labelOf("n00001740")).as("the root").isEmpty();
  }

  /** The labels that other readers of ImageNet give the first pictures. */
  @Test
  void validationTruth_devkitOf2012_givesTheKnownLabels() {
    Devkit devkit = devkit("ILSVRC2012_devkit_t12", IlsvrcRelease.ALL);

    List<String> truth = devkit.validationTruth();

    assertThat(truth).hasSize(50_000);
    assertThat(truth.subList(0, 5).stream().map(w -> devkit.labels().labelOf(w).getAsInt()))
        .containsExactly(65, 970, 230, 809, 516);
    for (String wnid : new HashSet<>(truth)) {
      assertThat(Collections.frequency(truth, wnid)).as(wnid).isEqualTo(50);
    }
  }

  /** The numbers come from SciPy: {@code src/test/python/devkit_labels.py}. */
  @Test
  void validationTruth_devkitOf2010_givesTheKnownLabels() {
    Devkit devkit = devkit("ILSVRC2010_devkit-1.0", IlsvrcRelease.ALL);

    assertThat(devkit.labels().size()).isEqualTo(1000);
    assertThat(devkit.labels().classOf(0).wnid()).isEqualTo("n01484850");
    assertThat(devkit.labels().classOf(726))
        .isEqualTo(
            new ClassLabel("n07711080", "french fries, french-fried potatoes, fries, chips"));
    assertThat(devkit.labels().classOf(999)).isEqualTo(new ClassLabel("n13136316", "bean"));
    List<String> truth = devkit.validationTruth();
    assertThat(truth).hasSize(50_000);
    assertThat(truth.subList(0, 5))
        .containsExactly("n09428293", "n02871525", "n02119789", "n04141975", "n03000247");
    assertThat(truth.subList(0, 5).stream().map(w -> devkit.labels().labelOf(w).getAsInt()))
        .containsExactly(812, 282, 129, 611, 328);
  }

  @Test
  void labels_devkitOfTheOtherYear_isRefused() {
    assertThatThrownBy(() -> devkit("ILSVRC2010_devkit-1.0", List.of(IlsvrcRelease.ILSVRC2012)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no classes of ILSVRC2012: its fields are ILSVRC2010_ID, ");
  }
}
