package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Directories of tars with names as nobody would make them: each is refused, or every picture of
 * the split is read with the only class that something says of it, rejected, or ignored.
 */
class GeneratedArchivesTest extends SourceTest {
  private static final List<Split> SPLITS = List.of(Split.values());
  private static final String[] TARS = {
    "n01440764.tar",
    "n02119789.tar",
    "train_images_0.tar",
    "train_images_1.tar",
    "val_images.tar",
    "test_images.tar",
    "pets-train-000.tar",
    "pets-val-000.tar",
    "000001.tar",
    "pictures.tar"
  };
  private static final String[] FOLDERS = {"", "", "", "train/", "val/", "data/", "n01440764/"};
  private static final String[] MEMBERS = {
    "n01440764_1.JPEG",
    "n02119789_2.JPEG",
    "n01440764_3_n01440764.JPEG",
    "n01440764_4_n02119789.JPEG",
    "ILSVRC2012_val_00000001_n02119789.JPEG",
    "./n02119789_5.JPEG",
    "folder/n01440764_6.JPEG",
    "plain.jpg",
    "caf\u00e9.png",
    "._n01440764_7.JPEG",
    "notes.txt"
  };
  private static final String[] KEYS = {"a", "b", "n01440764_8", "n02119789_9", "sub/c"};
  private static final String[] LABELS = {"0", "1", "cat", "n01440764", ""};

  /** A picture in a tar, and all that says of which class it is. */
  private record Member(String tar, String path, Set<String> classes) {}

  private static List<Member> fill(Path root, Random random) throws IOException {
    List<Member> members = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      String name = FOLDERS[random.nextInt(FOLDERS.length)] + TARS[random.nextInt(TARS.length)];
      Path file = root.resolve(name);
      if (Files.exists(file)) {
        continue;
      }
      Map<String, String> paths = random.nextBoolean() ? samples(random) : pictures(random);
      TarBuilder tar = new TarBuilder();
      paths.forEach(
          (path, label) ->
              tar.add(
                  path,
                  label.isEmpty() ? PICTURE : label.substring(1).getBytes(StandardCharsets.UTF_8)));
      Files.createDirectories(file.getParent());
      tar.write(file);
      paths.forEach(
          (path, label) -> {
            if (path.matches("(?i).*\\.(jpe?g|png)")) {
              members.add(new Member(file.toString(), path, classes(file, path, paths)));
            }
          });
    }
    if (random.nextInt(4) == 0) {
      Files.createDirectories(root.resolve("n02119789"));
      Files.write(root.resolve("n02119789/1.jpg"), PICTURE);
    }
    return members;
  }

  private static Map<String, String> pictures(Random random) {
    Map<String, String> paths = new TreeMap<>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      paths.put(MEMBERS[random.nextInt(MEMBERS.length)], "");
    }
    return paths;
  }

  /** Labels are marked with a colon, because an empty label is one too. */
  private static Map<String, String> samples(Random random) {
    Map<String, String> paths = new TreeMap<>();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      String key = KEYS[random.nextInt(KEYS.length)];
      paths.put(key + ".jpg", "");
      if (random.nextInt(5) > 0) {
        paths.put(key + ".cls", ":" + LABELS[random.nextInt(LABELS.length)]);
      }
    }
    return paths;
  }

  private static Set<String> classes(Path tar, String path, Map<String, String> paths) {
    Set<String> classes = new HashSet<>();
    String name = path.substring(path.lastIndexOf('/') + 1);
    for (String wnid : List.of("n01440764", "n02119789")) {
      if (name.contains(wnid) || tar.getFileName().toString().startsWith(wnid)) {
        classes.add(wnid);
      }
    }
    String label = paths.getOrDefault(path.replace(".jpg", ".cls"), "");
    if (label.startsWith(":") && label.length() > 1) {
      classes.add(label.substring(1));
    }
    return classes;
  }

  private void check(int seeds, int fewestRead) throws IOException {
    int read = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      Path root = Files.createDirectories(directory.resolve("tars" + seed));
      List<Member> members = fill(root, random);
      Split split = SPLITS.get(random.nextInt(SPLITS.size()));
      Optional<Index> index = indexOf(root, split);
      if (index.isPresent()) {
        checkMembers(members, index.get(), root, split, "seed " + seed + " of " + split);
        read++;
      }
    }
    assertThat(read).isGreaterThan(fewestRead);
  }

  private static void checkMembers(
      List<Member> members, Index index, Path root, Split split, String seed) {
    Set<String> told = new HashSet<>(index.ignored);
    index.rejections.forEach(rejection -> told.add(rejection.image()));
    Map<String, PictureReference> read = new TreeMap<>();
    index.pictures.forEach(
        picture -> read.put(picture.archive() + "@" + withoutDot(picture.id()), picture));
    for (Member member : members) {
      PictureReference picture = read.get(member.tar + "@" + withoutDot(idOf(member)));
      if (picture == null) {
        String tar = root.relativize(Path.of(member.tar)).toString();
        assertThat(isTold(told, member.path, tar) || isOfOtherSplit(tar, split))
            .as("%s: %s in %s is read or told", seed, member.path, tar)
            .isTrue();
      } else if (!picture.wnid().isEmpty()) {
        assertThat(member.classes).as("%s: %s", seed, member).contains(picture.wnid());
      }
    }
  }

  private static String idOf(Member member) {
    boolean ofClass = Path.of(member.tar).getFileName().toString().matches("n\\d{8}\\.tar");
    String name = member.path.substring(member.path.lastIndexOf('/') + 1);
    String wnid = Path.of(member.tar).getFileName().toString().replace(".tar", "");
    return !ofClass ? member.path : name.startsWith(wnid + "_") ? name : wnid + "/" + name;
  }

  private static String withoutDot(String path) {
    return path.startsWith("./") ? path.substring(2) : path;
  }

  private static boolean isTold(Set<String> told, String path, String tar) {
    String folder = tar.contains("/") ? tar.substring(0, tar.indexOf('/') + 1) : tar;
    return told.contains(path)
        || told.contains(path.substring(path.lastIndexOf('/') + 1))
        || told.contains(tar)
        || told.contains(tar.substring(tar.lastIndexOf('/') + 1))
        || told.contains(folder)
        || told.contains(tar.replace("n01440764/", "n01440764/images/"));
  }

  private static boolean isOfOtherSplit(String tar, Split split) {
    return List.of(tar.split("[^a-z]+")).stream()
        .map(Split::of)
        .flatMap(Optional::stream)
        .anyMatch(other -> other != split);
  }

  private static Optional<Index> indexOf(Path root, Split split) {
    try {
      return Optional.of(
          Index.of(
              PictureSource.find(
                  STORE,
                  new SourceSettings(
                      Location.of(root), split, InputLayout.AUTO, null, "all", ClassOrder.AUTO))));
    } catch (Failure e) {
      assertThat(e.kind())
          .isIn(Failure.Kind.USAGE, Failure.Kind.BAD_DATA, Failure.Kind.INPUT_MISSING);
      return Optional.empty();
    }
  }

  @Test
  void find_generatedTars_accountForEveryPictureOrAreRefused() throws IOException {
    check(300, 40);
  }

  @Test
  @Tag("endurance")
  void find_manyGeneratedTars_accountForEveryPictureOrAreRefused() throws IOException {
    check(2_000, 300);
  }
}
