package dev.alexnet.pipelines.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.PlainText;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a list of classes that this program writes is read back unchanged. */
class ReadBackTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"q\"", "'q'", "{q}", "[q]", "- q", "7", "% q", "# q", "key", "species"})
  void requireReadBack_foldersCalledLikeOtherForms_areReadBack(String folder) {
    Labels labels =
        new Labels(List.of(new ClassLabel(folder, folder), new ClassLabel("cat", "cat")));

    ClassFile.requireReadBack(labels);

    assertThat(
            List.copyOf(
                ClassFile.parse(labels.text(), new Location("labels.txt")).byNumber().values()))
        .isEqualTo(labels.classes());
  }

  @Test
  void requireReadBack_generatedNames_areReadBackExactlyOrRefused() {
    Random random = new Random(3);
    String[] pieces = {
      "a",
      "b",
      " ",
      "\t",
      "\n",
      "\r",
      "\"",
      "'",
      ",",
      ";",
      "\\",
      "\u0000",
      "\u001b",
      "\u0085",
      "\u00a0",
      "\u2028",
      "\ufeff",
      "\ud800",
      "\u00e9",
      "\ud83d\udc08",
      "wnid",
      "name",
      "label",
      "n01440764",
      "7"
    };
    int read = 0;
    for (int i = 0; i < 4_000; i++) {
      Map<String, ClassLabel> classes = new TreeMap<>();
      for (int size = random.nextInt(3); size >= 0; size--) {
        String wnid = word(random, pieces);
        String name = random.nextBoolean() ? wnid : word(random, pieces);
        if (!wnid.isBlank() && !name.isBlank()) {
          classes.put(wnid, new ClassLabel(wnid, name));
        }
      }
      if (classes.isEmpty()) {
        continue;
      }
      Labels labels = new Labels(List.copyOf(classes.values()));
      Failure refused =
          catchThrowableOfType(Failure.class, () -> ClassFile.requireReadBack(labels));
      if (refused != null) {
        assertThat(refused.kind()).isEqualTo(Kind.BAD_DATA);
        assertThat(PlainText.hasControls(refused.getMessage())).isFalse();
      } else {
        ClassFile file = ClassFile.parse(labels.text(), new Location("labels.txt"));
        assertThat(List.copyOf(file.byNumber().values())).isEqualTo(labels.classes());
        read++;
      }
    }
    assertThat(read).isBetween(300, 3_500);
  }

  private static String word(Random random, String[] pieces) {
    StringBuilder word = new StringBuilder();
    for (int length = random.nextInt(3); length >= 0; length--) {
      word.append(pieces[random.nextInt(pieces.length)]);
    }
    return word.toString();
  }

  @Test
  void requireReadBack_lineBreakInAName_isRefusedByTheClass() {
    Labels labels =
        new Labels(List.of(new ClassLabel("cat", "cat"), new ClassLabel("dog", "the\ndog")));

    assertThat(catchThrowableOfType(Failure.class, () -> ClassFile.requireReadBack(labels)))
        .hasMessageStartingWith(
            "The class 'dog' or its name cannot be written to a list of classes: ");
  }
}
