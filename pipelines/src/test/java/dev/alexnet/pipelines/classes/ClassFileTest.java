package dev.alexnet.pipelines.classes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.ClassLabel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileTest {
  @TempDir private Path directory;

  private ClassFile read(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("labels.txt"), content);
    return ClassFile.read(ObjectStores.standard(), Location.of(file));
  }

  private Failure failure(String content) {
    return catchThrowableOfType(Failure.class, () -> read(content));
  }

  @Test
  void read_afterAByteOrderMark_isTheSame() throws IOException {
    assertThat(read("\uFEFFn01440764\ttench\n").byNumber())
        .isEqualTo(Map.of(0, new ClassLabel("n01440764", "tench")));
    ClassFile numbered = read("\uFEFFlabel\twnid\tname\n7\tn01440764\ttench\n");
    assertThat(numbered.numbered()).isTrue();
    assertThat(numbered.byNumber()).isEqualTo(Map.of(7, new ClassLabel("n01440764", "tench")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wnid\tname\ncat\tCat\ndog\tDog\n",
        "Label\tWnid\tName\n0\tcat\tCat\n1\tdog\tDog\n",
        "NAME\tLABEL\tWNID\nDog\t1\tdog\nCat\t0\tcat\n",
        "Class Name\tSynset\nCat\tcat\nDog\tdog\n",
        "id\tclass\tname\n0.0\tcat\tCat\n1.0\tdog\tDog\n",
        "label\tid\tname\ncat\t0\tCat\ndog\t1\tDog\n",
        "wnid,name\ncat,Cat\ndog,Dog\n",
        "name,label,wnid\n\"Cat\",0,cat\nDog,1,\"dog\"\n",
        "label\twnid\tname\tcount\n0\tcat\tCat\t5\n1\tdog\tDog\t6\n",
        "wnid\tname\tdescription\ncat\tCat\tA pet.\ndog\tDog\tAnother.\n",
        "wnid,class\ncat,Cat\ndog,Dog\n",
        "folder_name\tdisplay_name\ncat\tCat\ndog\tDog\n",
        "species\tcommon name\ncat\tCat\ndog\tDog\n",
        "folder,title\ncat,Cat\ndog,Dog\n",
        "count,wnid,name\n5,cat,Cat\n6,dog,Dog\n",
        "\n  wnid\tname\r\ncat \t Cat\r\n\r\ndog\u00a0\tDog\r\n",
      })
  void read_headingInAnyCaseAndOrder_isNotAClass(String content) throws IOException {
    assertThat(read(content).byNumber())
        .isEqualTo(Map.of(0, new ClassLabel("cat", "Cat"), 1, new ClassLabel("dog", "Dog")));
  }

  @Test
  void read_namesWithNumbers_callsTheClassesByTheirNames() throws IOException {
    ClassFile file = read("label,name\n1,cat\n0,\"dog, the big\"\n");

    assertThat(file.numbered()).isTrue();
    assertThat(file.byNumber())
        .isEqualTo(
            Map.of(
                0,
                new ClassLabel("dog, the big", "dog, the big"),
                1,
                new ClassLabel("cat", "cat")));
  }

  @Test
  void read_oneColumnOfWnids_mayHaveAHeading() throws IOException {
    assertThat(read("class\nn01440764\nn01443537\n").byNumber())
        .isEqualTo(
            Map.of(
                0, new ClassLabel("n01440764", "n01440764"),
                1, new ClassLabel("n01443537", "n01443537")));
  }

  @Test
  void read_classesCalledAsColumnsAre_areClassesAsInLabelsOfADataset() throws IOException {
    assertThat(read("label\tlabel\nname\tname\n").byNumber())
        .isEqualTo(Map.of(0, new ClassLabel("label", "label"), 1, new ClassLabel("name", "name")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "class\\ncat\\ndog\\n | line 1: 'class' may be the heading or a class",
        "label\\tBeschreibung\\ncat\\tKatze\\n | line 1: 'label', 'Beschreibung' may be the heading",
        "Klasse\\tName der Klasse\\nn01440764\\ttench\\n | line 1: 'Klasse', 'Name der Klasse' does not look like the classes",
        "Nummer\\tKlasse\\n0\\tcat\\n1\\tdog\\n | line 1: 'Nummer', 'Klasse' does not look like the classes in the",
        "# my classes\\ncat\\n | line 1: '# my classes' does not look like the classes in the other lines",
        "label wnid name\\ncat\\n | line 1: 'label wnid name' does not look like the classes in the other lines",
        "wnid\\tsynset\\ncat\\tdog\\n | line 1: the columns 1 'wnid' and 2 'synset' mean the same",
        "label\\n0\\n1\\n | line 1: no column of the heading holds the classes",
        "cat,Cat\\ndog,Dog\\n | line 1: there are commas, but no heading that names",
        "tench, Tinca tinca\\n | line 1: there are commas, but no heading that names",
        "wnid,name\\ncat,Cat,5\\n | line 2: there are 3 columns, but the heading has 2",
        "wnid,name\\ncat,\"Cat\\n | line 2: the quotes from here on are broken",
        "wnid\\tname\\ncat,Cat\\n | line 2: 'cat,Cat' contains a comma",
        "cat\\ndog,Dog\\n | line 2: 'dog,Dog' contains a comma",
        "cat;Cat\\n | line 1: 'cat;Cat' contains a comma or a semicolon",
        "0 cat\\n1 dog\\n | line 1: '0 cat' is a number followed by words",
        "0: cat\\n | line 1: '0: cat' is a number followed by words",
        "n01440764:tench\\n | line 1: 'n01440764:tench' is a wnid followed by other words",
        "0\\tn01440764\\ttench\\n | line 1: there are 3 columns, but no heading that names",
        "label\\twnid\\n0\\tcat\\nx\\tdog\\n | line 3: 'x' is not a class number",
        "label\\twnid\\n0\\tcat\\n1.5\\tdog\\n | line 3: '1.5' is not a class number",
        "label\\twnid\\n0\\tcat\\n0.0\\tdog\\n | line 3: the number 0 is already in an earlier line",
        "label\\twnid\\n0\\n | line 2: the wnid is missing",
        "wnid\\tname\\n\\tCat\\n | line 2: the wnid is missing",
        "cat\\tC\\u0007at\\n | line 1: 'C\\x07at' has a control character",
        "wnid\\tname\\n | labels.txt contains no class",
        "0\\ncat\\ndog\\nfish\\n | line 1: '0' does not look like the classes in the other lines",
        "3\\ncat\\ndog\\nfish\\n | line 1: '3' does not look like the classes in the other lines",
        "1000\\nn01440764\\n | line 1: '1000' does not look like the classes in the other lines",
        "0\\t1\\nn01440764\\ttench\\n | line 1: '0', '1' does not look like the classes in the other",
        "wnid\\t0\\nn01440764\\ttench\\n | line 1: 'wnid', '0' does not look like the classes in the",
        "wnid\\t0\\ncat\\t1\\n | line 1: 'wnid', '0' does not look like the classes in the",
        "wnid\\tlabel\\tname\\nbackground\\t\\tB\\ncat\\t0\\tCat\\n | line 2: '' is not a class number, an integer of at least 0, as column 2 'label' has",
        "wnid\\tlabel\\tname\\nbackground\\tNA\\tB\\ncat\\t0\\tCat\\n | line 2: 'NA' is not a class number",
        "wnid\\tclass\\nbackground\\tnone of them\\ncat\\t0\\n | line 2: 'none of them' is not a class number",
        "\"wnid\"\\t\"name\"\\n\"cat\"\\t\"Cat\"\\n | line 1: \"wnid\" is in quotes",
        "\"wnid\"\\t\"name\"\\ncat\\tCat\\n | line 1: \"wnid\" is in quotes",
        "wnid\\tname\\ncat\\t\"Cat\"\\n | line 2: \"Cat\" is in quotes",
        "\"cat\"\\n\"dog\"\\n | line 1: \"cat\" is in quotes",
        "categories\\ncat\\ndog\\n | line 1: 'categories' may be the heading or a class",
        "Classes:\\ncat\\ndog\\n | line 1: 'Classes:' may be the heading or a class",
        "names:\\n- cat\\n- dog\\n | line 2: '- cat' looks like JSON or YAML",
        "---\\ncat\\n | line 1: '---' looks like JSON or YAML",
        "{\\n\\t\"cat\": 0\\n}\\n | line 1: '{' looks like JSON or YAML",
        "[\\n\\t\"cat\"\\n]\\n | line 1: '[' looks like JSON or YAML",
        "species\\ncat\\ndog\\n | line 1: 'species' may be the heading or a class",
        "breed\\npug\\nboxer\\n | line 1: 'breed' may be the heading or a class",
        "common name\\ncat\\ndog\\n | line 1: 'common name' may be the heading or a class",
        "Animals\\tEnglish name\\ncat\\tCat\\n | line 1: 'Animals', 'English name' may be the heading",
        "key\\tvalue\\ncat\\tCat\\n | line 1: the columns 1 'key' and 2 'value' mean the same",
        "% classes\\ncat\\ndog\\n | line 1: '% classes' may be the heading or a class",
        "% of 2026\\ncat\\ndog\\n | line 1: '% of 2026' does not look like the classes in the other lines",
        "cat\\n# pets\\ndog\\n | line 2: '# pets' looks like a comment",
        "name\\tname\\ncat\\tCat\\n | line 1: 'name', 'name' may be the heading or a class",
        "0\\t0\\ncat\\tCat\\n | line 1: '0', '0' may be the heading or a class",
        "My pets\\nwnid\\tname\\ncat\\tCat\\n | line 2: 'wnid', 'name' looks like a heading",
        "wnid,name\\ncat,Cat\\nwnid,name\\n | line 3: 'wnid', 'name' looks like a heading",
        "1. cat\\n0. dog\\n | line 1: '1. cat' is a number followed by words",
        "(1) cat\\n(0) dog\\n | line 1: '(1) cat' is a number followed by words",
        "1)cat\\n0)dog\\n | line 1: '1)cat' is a number followed by words",
        "wnid\\twnid\\nn01440764\\ttench\\n | line 1: 'wnid', 'wnid' may be the heading or a class",
      })
  void read_whatMayShiftLabels_isRefusedWithTheLine(String content, String message) {
    Failure failure =
        failure(content.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007"));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Nummer;Klasse\\n0;cat\\n1;dog\\n | line 1: 'Nummer;Klasse' contains a comma or a semicolon",
        "0;cat\\n2;dog\\n1;fish\\n | line 1: '0;cat' contains a comma or a semicolon",
        "n01440764;tench\\n | line 1: 'n01440764;tench' is a wnid followed by other words",
        "0 cat\\n | line 1: '0 cat' is a number followed by words",
        "3\\ncat\\n | line 1: '3' does not look like the classes in the other lines",
      })
  void read_commasNowhereButInTheFilesName_isRefusedAsText(String content, String message)
      throws IOException {
    Path file = Files.writeString(directory.resolve("labels.csv"), content.replace("\\n", "\n"));
    Location location = Location.of(file);

    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> ClassFile.read(ObjectStores.standard(), location));

    assertThat(failure.kind()).isEqualTo(Kind.BAD_DATA);
    assertThat(failure).hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wnid\tclass\ncat\t2\ndog\t0\nfish\t1\n",
        "class_name,class\ncat,2\ndog,0\nfish,1\n",
        "class,class_name\n2,cat\n0,dog\n1,fish\n",
        "category,name\n2,cat\n0,dog\n1,fish\n",
        "class,category\n2,cat\n0,dog\n1,fish\n",
        "class_num,wnid\n2,cat\n0,dog\n1,fish\n",
        "key\tvalue\ncat\t2\ndog\t0\nfish\t1\n",
        "Unnamed: 0,label,wnid\n0,2,cat\n1,0,dog\n2,1,fish\n",
      })
  void read_numbersBesideClasses_areTheirNumbers(String content) throws IOException {
    ClassFile file = read(content);

    assertThat(file.numbered()).isTrue();
    assertThat(file.byNumber())
        .isEqualTo(
            Map.of(
                0, new ClassLabel("dog", "dog"),
                1, new ClassLabel("fish", "fish"),
                2, new ClassLabel("cat", "cat")));
  }

  @Test
  void read_foldersAndClassesAlone_mayBeCalledByNumbers() throws IOException {
    for (String content : List.of("folder,name\n0,cat\n1,dog\n", "wnid,name\n0,cat\n1,dog\n")) {
      assertThat(read(content).byNumber())
          .isEqualTo(Map.of(0, new ClassLabel("0", "cat"), 1, new ClassLabel("1", "dog")));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ordinal,wnid\\n2,cat\\n0,dog\\n1,fish\\n | 2",
        "y,wnid\\n0,cat\\n2,dog\\n1,fish\\n | 3",
        "code,wnid\\n0,cat\\n1,dog\\n7,fish\\n | 4",
        ",wnid\\n2,cat\\n0,dog\\n1,fish\\n | 2",
        "Unnamed: 0,class_name\\n2,cat\\n0,dog\\n1,fish\\n | 2",
        "wnid\\tname\\tordinal\\nbg\\tB\\tNA\\ncat\\tCat\\t0\\n | 3",
        "wnid\\tname\\n1\\tcat\\n0\\tdog\\n | 2",
        "folder,name\\n1,cat\\n0,dog\\n | 2",
        "wnid,name\\ncat,1\\ndog,0\\n | 2",
        "Tier Nummer\\ncat 0\\ndog 1\\n | 2",
        "ordinal,wnid\\n0,cat\\n1,dog\\n | 0",
        "coarse,wnid\\n5,cat\\n5,dog\\n | 0",
        "count,wnid\\n500,cat\\n300,dog\\n | 0",
        "score,wnid\\n0.5,cat\\n7,dog\\n | 0",
      })
  void strayLine_numbersUnderOtherWords_isTheFirstThatContradicts(String content, int line)
      throws IOException {
    assertThat(read(content.replace("\\n", "\n").replace("\\t", "\t")).strayLine()).isEqualTo(line);
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefusedWithTheLine() throws IOException {
    Path file = directory.resolve("latin1.txt");
    Files.write(file, "cat\nkr\u00e4he\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(
            catchThrowableOfType(
                Failure.class, () -> ClassFile.read(ObjectStores.standard(), Location.of(file))))
        .hasMessage(file + ", line 2: a byte is not UTF-8; save the file as UTF-8");
  }

  @Test
  void strayLine_numbersThatContradictTheirLines_isTheFirst() throws IOException {
    assertThat(read("0\tcat\n1\tdog\n").strayLine()).isZero();
    assertThat(read("cat\t0\ndog\t7\n").strayLine()).isEqualTo(2);
    assertThat(read("\n1\tcat\n0\tdog\n").strayLine()).isEqualTo(2);
    assertThat(read("dog 1\ncat 0\n").strayLine()).isEqualTo(1);
    assertThat(read("label\twnid\n1\tcat\n0\tdog\n").strayLine()).isZero();
    for (String names : List.of("cat\n7\nbird\n", "apollo 11\nsoyuz\n", "n01440764\tn2\n")) {
      assertThat(read(names).strayLine()).isZero();
    }
  }
}
