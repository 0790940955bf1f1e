package dev.alexnet.pipelines.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.fixture.Drawing;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Names of any bytes in folders and files: every file of a dataset gives them back. */
class WrittenNamesTest extends ConversionTest {
  // Bytes in hexadecimal: letters, controls, spaces, quotes, escapes, Latin-1 and words of
  // headings.
  private static final String[] PIECES = {
    "61",
    "42",
    "37",
    "20",
    "09",
    "0a",
    "0d",
    "22",
    "27",
    "2c",
    "3b",
    "5c",
    "5c783039",
    "1b",
    "7f",
    "c3a9",
    "e9",
    "e8",
    "ff",
    "c285",
    "e280a8",
    "efbbbf",
    "c2a0",
    "f09f9088",
    "6c6162656c",
    "776e6964"
  };

  private static byte[] name(Random random) {
    StringBuilder hex = new StringBuilder();
    for (int length = random.nextInt(4); length >= 0; length--) {
      hex.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return HexFormat.of().parseHex(hex);
  }

  private static Path child(Path directory, byte[] name) {
    StringBuilder uri = new StringBuilder("file://" + directory.toUri().getRawPath());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    for (byte value : name) {
      uri.append("%%%02X".formatted(value & 0xff));
    }
    return Path.of(URI.create(uri.toString()));
  }

  @Test
  void run_namesOfAnyBytes_areReadBackFromEveryFile() throws IOException {
    Random random = new Random(11);
    byte[] picture = Drawing.jpeg(40, 40, 1);
    Map<String, String> wnidOfPicture = new TreeMap<>();
    TreeSet<String> wnids = new TreeSet<>();
    List<String> broken = new ArrayList<>();
    while (wnids.size() < 150) {
      byte[] folder = name(random);
      String wnid = ByteText.of(folder);
      if (!wnids.add(wnid)) {
        continue;
      }
      Path path = Files.createDirectory(child(input, folder));
      for (int i = 0; i < 3; i++) {
        byte[] file = jpeg(name(random));
        String id = wnid + "/" + ByteText.of(file);
        boolean whole = i < 2;
        if (wnidOfPicture.containsKey(id) || broken.contains(id)) {
          continue;
        }
        Files.write(child(path, file), whole ? picture : new byte[] {1});
        if (whole) {
          wnidOfPicture.put(id, wnid);
        } else {
          broken.add(id);
        }
      }
    }

    run(settings("train", 2, 7, 0, broken.size()));

    Location labels = Location.of(output.resolve(Dataset.LABELS));
    List<ClassLabel> classes = List.copyOf(ClassFile.read(store, labels).byNumber().values());
    assertThat(classes).extracting(ClassLabel::wnid).containsExactlyElementsOf(wnids);
    assertThat(Dataset.open(store, Location.of(output)).manifest().classes()).isEqualTo(classes);
    assertThat(tensorFlowNames()).hasSize(classes.size()).doesNotHaveDuplicates();
    Map<String, String> written = new TreeMap<>();
    for (ImageRecord record : records()) {
      assertThat(classes.get((int) record.label()).wnid()).isEqualTo(record.wnid());
      written.put(record.fileName(), record.wnid());
    }
    assertThat(written).isEqualTo(wnidOfPicture);
    try (Stream<String> lines = Files.lines(output.resolve(Dataset.REJECTED))) {
      assertThat(
              lines.map(
                  line ->
                      Json.read(line.getBytes(StandardCharsets.UTF_8), Rejection.class, "line")
                          .image()))
          .containsExactlyInAnyOrderElementsOf(broken);
    }
  }

  private static byte[] jpeg(byte[] stem) {
    return HexFormat.of().parseHex(HexFormat.of().formatHex(stem) + "2e6a7067");
  }

  /** As TensorFlow Datasets reads them: lines without the spaces around them, if not empty. */
  private List<String> tensorFlowNames() throws IOException {
    String text = Files.readString(output.resolve("label.labels.txt"));
    return Stream.of(text.split("\n", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }
}
