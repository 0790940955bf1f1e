package dev.alexnet.pipelines.synth;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticClassTest {
  private static final List<SyntheticClass> ALL = SyntheticClass.first(1000);

  @Test
  void first_tenClasses_areFiveShapesTimesTwoTextures() {
    assertThat(SyntheticClass.first(10))
        .extracting(SyntheticClass::words)
        .containsExactly(
            "striped disc",
            "dotted disc",
            "striped triangle",
            "dotted triangle",
            "striped cross",
            "dotted cross",
            "striped star",
            "dotted star",
            "striped crescent",
            "dotted crescent");
  }

  @Test
  void first_fortyClasses_pairEveryShapeWithEveryTexture() {
    var textures =
        SyntheticClass.first(40).stream()
            .collect(
                groupingBy(SyntheticClass::silhouette, mapping(SyntheticClass::texture, toSet())));
    assertThat(textures).hasSize(10);
    assertThat(textures.values()).allSatisfy(set -> assertThat(set).hasSize(4));
  }

  @Test
  void first_fewerClasses_areTheBeginningOfMore() {
    assertThat(SyntheticClass.first(300)).isEqualTo(ALL.subList(0, 300));
  }

  @Test
  void first_thousandClasses_areAllDistinct() {
    assertThat(ALL).extracting(SyntheticClass::words).doesNotHaveDuplicates();
    assertThat(ALL).extracting(SyntheticClass::wnid).doesNotHaveDuplicates();
    assertThat(ALL)
        .extracting(SyntheticClass::id)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 1000).boxed().toList());
  }

  @Test
  void wnid_ofEveryClass_isWellFormedAndNotTheRoots() {
    assertThat(ALL)
        .extracting(SyntheticClass::wnid)
        .allMatch(wnid -> wnid.matches("n9[0-9]{7}"))
        .doesNotContain(SyntheticClass.ROOT_WNID);
  }

  @Test
  void wnid_orderOfWnids_isNotTheOrderOfIds() {
    assertThat(SyntheticClass.first(2))
        .extracting(SyntheticClass::wnid)
        .containsExactly("n96180339", "n92360678");
  }
}
