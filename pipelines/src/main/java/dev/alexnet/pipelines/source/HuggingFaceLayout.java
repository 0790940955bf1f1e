package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.folder.SplitArchives;
import dev.alexnet.pipelines.folder.WnidInName;
import dev.alexnet.pipelines.selection.ClassSelection;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import dev.alexnet.pipelines.tar.UnpackedTars;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ILSVRC2012 as Hugging Face stores it in {@code imagenet-1k}: {@code train_images_0.tar.gz} to
 * {@code train_images_4.tar.gz}, {@code val_images.tar.gz} and {@code test_images.tar.gz}, with the
 * wnid in the name of each picture of a known class.
 */
final class HuggingFaceLayout implements Layout {
  private static final Pattern ARCHIVE =
      Pattern.compile("(train|val|validation|test)_images(?:_(\\d+))?(\\.tar|\\.tar\\.gz|\\.tgz)");

  private final ObjectStore store;
  private final SourceSettings settings;
  private final Progress progress;

  HuggingFaceLayout(ObjectStore store, SourceSettings settings, Progress progress) {
    this.store = store;
    this.settings = settings;
    this.progress = progress;
  }

  static boolean isArchive(String name) {
    return ARCHIVE.matcher(name).matches();
  }

  @Override
  public String name() {
    return "huggingface";
  }

  @Override
  public Optional<String> seen() {
    Location input = settings.input();
    if (store.exists(input)) {
      return Optional.of(input.name()).filter(HuggingFaceLayout::isArchive);
    }
    return store.list(input).stream()
        .filter(HuggingFaceLayout::isArchive)
        .findFirst()
        .or(
            () ->
                store.list(input.resolve("data")).stream()
                    .filter(HuggingFaceLayout::isArchive)
                    .findFirst());
  }

  @Override
  public String lookedFor() {
    return "Hugging Face's train_images_0.tar.gz and val_images.tar.gz";
  }

  private Optional<SplitArchives> archives(Split split) {
    return SplitArchives.find(
        store, settings.input(), split, HuggingFaceLayout::isArchive, Set.of("data"));
  }

  @Override
  public PictureSource find() {
    SplitArchives found = archives(settings.split()).orElseThrow(this::missing);
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    found.beside().stream()
        .filter(name -> !FoldersLayout.isDevkit(name))
        .forEach(nonPictures::ignored);
    List<Location> plain = plain(found.archives(), nonPictures);
    Optional<KnownClasses> known =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL)
            .map(KnownClasses::of);
    List<String> present = wnids(plain);
    String description = "Hugging Face's " + found.inWords();
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    if (present.isEmpty()) {
      Labels labels = labels(known, found);
      plain.forEach(tar -> parts.add(new PictureTar(tar, new PictureClasses.Unknown(), List.of())));
      return new PictureSource(description, labels, parts, false, List.of());
    }
    ClassSelection selection = ClassSelection.of(store, settings.classes(), known, present);
    List<String> leftOut = present.stream().filter(selection::leavesOut).toList();
    plain.forEach(tar -> parts.add(new PictureTar(tar, new PictureClasses.InName(), leftOut)));
    List<String> notices = new ArrayList<>(selection.notices(present));
    notices.addAll(gaps(found.archives()));
    return new PictureSource(
        description + ", with wnids in the names", selection.labels(), parts, true, notices);
  }

  private Failure missing() {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is no %s in %s. Give the directory of the archives as --input"
            .formatted(lookedFor(), settings.input()));
  }

  /** An archive that is there twice, compressed and not, is read once. */
  private List<Location> plain(List<Location> archives, NonPicturePart.Collected nonPictures) {
    Set<String> unpacked = new HashSet<>();
    archives.stream()
        .map(Location::name)
        .filter(name -> !UnpackedTars.isCompressed(name))
        .forEach(unpacked::add);
    List<Location> once = new ArrayList<>();
    for (Location archive : archives) {
      boolean twice =
          UnpackedTars.isCompressed(archive.name())
              && unpacked.contains(UnpackedTars.plainName(archive.name()));
      if (twice) {
        nonPictures.ignored(archive.name());
      } else {
        once.add(archive);
      }
    }
    return new UnpackedTars(store, settings.unpackTo(), settings.dryRun(), progress).plain(once);
  }

  /** The wnids in the names of all pictures; reads the headers of the archives. */
  private List<String> wnids(List<Location> archives) {
    Set<String> wnids = new TreeSet<>();
    for (Location archive : archives) {
      for (TarMember member :
          TarDirectory.of(store, archive).list(store, other -> {}, other -> {}).members()) {
        Set<String> named = WnidInName.of(member.name());
        if (PictureName.isPicture(member.name()) && named.size() == 1) {
          wnids.addAll(named);
        }
      }
    }
    return List.copyOf(wnids);
  }

  private Labels labels(Optional<KnownClasses> known, SplitArchives found) {
    if (settings.split() != Split.TEST) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s holds no picture with a wnid in its name, such as n01440764_10.JPEG, so their classes are unknown. Only --split test accepts pictures of unknown classes"
              .formatted(found.archives().get(0)));
    }
    Labels all = known.map(KnownClasses::labels).orElse(null);
    if (settings.namesClassFile()) {
      return ClassFile.read(store, new Location(settings.classes())).labels(all);
    }
    if (all == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds pictures of unknown classes; give the list of classes with --devkit, or with --classes and a file such as the labels.txt of the training set"
              .formatted(found.archives().get(0)));
    }
    return all;
  }

  /** Without an archive in the middle, a part of the pictures would be missing in silence. */
  private static List<String> gaps(List<Location> archives) {
    Set<Integer> there = new TreeSet<>();
    for (Location archive : archives) {
      Matcher matcher = ARCHIVE.matcher(archive.name());
      if (matcher.matches() && matcher.group(2) != null) {
        there.add(Integer.parseInt(matcher.group(2)));
      }
    }
    List<String> notices = new ArrayList<>();
    int last = there.stream().mapToInt(Integer::intValue).max().orElse(-1);
    for (int number = 0; number < last; number++) {
      if (!there.contains(number)) {
        notices.add(
            "The archive with the number %d is missing before %s"
                .formatted(number, archives.get(archives.size() - 1).name()));
      }
    }
    return notices;
  }
}
