package dev.alexnet.pipelines.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.testing.RealData;
import dev.alexnet.pipelines.devkit.DevkitClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Knows the classes of the published devkits apart. */
@RealData.Needed
class RealPublishedClassesTest {
  private static Labels labels(String devkit) {
    Location folder = Location.of(RealData.folder("devkits/" + devkit));
    return new Labels(
        List.copyOf(DevkitClasses.read(ObjectStores.standard(), folder).byId().values()));
  }

  @Test
  void are_classesOf2012Only() {
    Labels published = labels("ILSVRC2012_devkit_t12");

    assertThat(PublishedClasses.are(published)).isTrue();
    assertThat(PublishedClasses.are(labels("ILSVRC2010_devkit-1.0"))).isFalse();
    assertThat(PublishedClasses.are(new Labels(published.classes().subList(0, 999)))).isFalse();
  }
}
