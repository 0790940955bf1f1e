package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.pipelines.folder.PictureExtension;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Trees of names, nesting, links and encodings as nobody would make them: each is refused, or every
 * picture in it is read, rejected, ignored or of another split.
 */
class GeneratedTreesTest extends SourceTest {
  private static final int SEEDS = 2_000;
  private static final List<Split> SPLITS = List.of(Split.values());
  private static final String[] FOLDERS = {
    "train",
    "Val",
    "valid",
    "testing",
    "images",
    "Images",
    "cat",
    "n01440764",
    "n02119789",
    "7",
    "10",
    "caf%E9",
    "caf%E8",
    "a%0Ab",
    "lost+found",
    "__MACOSX",
    ".git",
    "$RECYCLE.BIN",
    "tr",
    "te",
    "extra"
  };
  private static final String[] FILES = {
    "1.jpg",
    "2.PNG",
    "n01440764_3.JPEG",
    "ILSVRC2012_val_00000001_n02119789.JPEG",
    "ILSVRC2012_val_00000002.JPEG",
    "b%FC.jpg",
    "c%0A.jpg",
    "%20d.jpg",
    ".hidden.jpg",
    "Thumbs.db",
    "notes.txt",
    "e%5Cxe9.png"
  };

  private static Path child(Path directory, String percent) {
    String parent = directory.toUri().getRawPath();
    return Path.of(
        URI.create(
            "file://"
                + (parent.endsWith("/") ? parent : parent + "/")
                + percent.replace("$", "%24")));
  }

  private static void fill(Path directory, Random random, int depth) throws IOException {
    Files.createDirectories(directory);
    for (int count = random.nextInt(depth == 0 ? 5 : 4); count > 0; count--) {
      if (depth < 3 && random.nextInt(3) > 0) {
        Path folder = child(directory, FOLDERS[random.nextInt(FOLDERS.length)]);
        if (!Files.exists(folder)) {
          fill(folder, random, depth + 1);
        }
      } else if (random.nextInt(12) == 0) {
        Path link = child(directory, "link" + random.nextInt(2) + ".jpg");
        if (!Files.isSymbolicLink(link)) {
          Files.createSymbolicLink(link, directory.resolve("moved"));
        }
      } else {
        Files.write(child(directory, FILES[random.nextInt(FILES.length)]), PICTURE);
      }
    }
    if (random.nextInt(8) == 0) {
      Files.writeString(directory.resolve("val_annotations.txt"), "1.jpg\tcat\n2.PNG\t10\n");
    }
  }

  @Test
  void find_generatedTrees_accountForEveryPictureOrAreRefused() throws IOException {
    int read = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Path root = directory.resolve("tree" + seed);
      fill(root, random, 0);
      Split split = SPLITS.get(random.nextInt(SPLITS.size()));
      Optional<Index> index = indexOf(root, split);
      if (index.isPresent()) {
        assertThat(lost(root, split, index.get())).as("seed %s of %s", seed, split).isEmpty();
        index
            .get()
            .pictures
            .forEach(picture -> assertThat(classes(picture)).contains(picture.wnid()));
        assertThat(index.get().ids()).as("ids of seed %s", seed).doesNotHaveDuplicates();
        read++;
      }
    }
    assertThat(read).isGreaterThan(SEEDS / 10);
  }

  /** All that something says of a picture's class: its folder, its name, a line, or nothing. */
  private static Set<String> classes(PictureReference picture) {
    List<String> path = List.of(picture.archive().value().split("/"));
    String name = path.get(path.size() - 1);
    String folder = path.get(path.size() - 2);
    if (name.matches(".*n\\d{8}.*")) {
      // A wnid decides wherever it is, so only a folder that has none may say something else.
      String wnid = name.replaceAll(".*(n\\d{8}).*", "$1");
      return folder.matches("n\\d{8}")
          ? Set.of(wnid)
          : new HashSet<>(List.of(wnid, folder, path.get(path.size() - 3)));
    }
    String annotated = name.equals("1.jpg") ? "cat" : name.equals("2.PNG") ? "10" : "";
    String above = folder.equals("images") ? path.get(path.size() - 3) : folder;
    return new HashSet<>(List.of("", annotated, folder, above));
  }

  private static Optional<Index> indexOf(Path root, Split split) {
    try {
      return Optional.of(
          Index.of(
              PictureSource.find(
                  ObjectStores.standard(),
                  new SourceSettings(
                      Location.of(root), split, InputLayout.AUTO, null, "all", ClassOrder.AUTO))));
    } catch (Failure e) {
      assertThat(e.kind())
          .isIn(Failure.Kind.USAGE, Failure.Kind.BAD_DATA, Failure.Kind.INPUT_MISSING);
      return Optional.empty();
    }
  }

  private static List<String> lost(Path root, Split split, Index index) throws IOException {
    Set<String> told = new HashSet<>();
    index.ignored.forEach(name -> told.add(withoutSlash(name)));
    index.rejections.forEach(rejection -> told.add(withoutSlash(rejection.image())));
    Set<String> read = new HashSet<>();
    index.pictures.forEach(picture -> read.add(picture.archive().value()));
    List<String> lost = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(path -> !Files.isDirectory(path)).toList()) {
        List<String> names = names(root, file);
        boolean other = Split.of(names.get(0)).filter(found -> found != split).isPresent();
        if (PictureExtension.isAt(names.get(names.size() - 1))
            && !other
            && !read.contains(root + "/" + String.join("/", names))
            && !isReported(names, told)) {
          lost.add(String.join("/", names));
        }
      }
    }
    return lost;
  }

  /** Whether its path, or that of a folder that it is in, was reported. */
  private static boolean isReported(List<String> names, Set<String> told) {
    for (int end = 1; end <= names.size(); end++) {
      for (int start = 0; start < end; start++) {
        if (told.contains(String.join("/", names.subList(start, end)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> names(Path root, Path file) {
    List<String> names = new ArrayList<>();
    for (Path path = file; !path.equals(root); path = path.getParent()) {
      String raw = path.toUri().getRawPath();
      String last = raw.substring(0, raw.length() - (raw.endsWith("/") ? 1 : 0));
      names.add(0, ByteText.of(decoded(last.substring(last.lastIndexOf('/') + 1))));
    }
    return names;
  }

  private static byte[] decoded(String percent) {
    StringBuilder latin = new StringBuilder();
    for (int i = 0; i < percent.length(); i++) {
      boolean escape = percent.charAt(i) == '%';
      latin.append(
          escape
              ? (char) Integer.parseInt(percent.substring(i + 1, i + 3), 16)
              : percent.charAt(i));
      i += escape ? 2 : 0;
    }
    return latin.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String withoutSlash(String name) {
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
