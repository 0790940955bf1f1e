package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.classes.ClassNames;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.folder.SplitArchives;
import dev.alexnet.pipelines.selection.ClassNumbers;
import dev.alexnet.pipelines.selection.ClassSelection;
import dev.alexnet.pipelines.source.WebDatasetTar.ClassBy;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import dev.alexnet.pipelines.tar.UnpackedTars;
import dev.alexnet.pipelines.tar.WebDatasetSample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A WebDataset: numbered tars such as {@code imagenet-train-000000.tar}, in which {@code key.jpg}
 * and {@code key.cls} are a picture and its class. A wnid in every key decides before the {@code
 * .cls} files, which must then agree with one another.
 */
final class WebDatasetLayout implements Layout {
  private static final Pattern ARCHIVE = Pattern.compile(".*\\d{2,}(\\.tar|\\.tar\\.gz|\\.tgz)");

  // A sample has a picture, its class and often a description.
  private static final int FIRST_MEMBERS = 6;

  private final ObjectStore store;
  private final SourceSettings settings;
  private final Progress progress;

  WebDatasetLayout(ObjectStore store, SourceSettings settings, Progress progress) {
    this.store = store;
    this.settings = settings;
    this.progress = progress;
  }

  /** What the samples of all archives say. */
  private record Scan(
      boolean everyKeyHasAWnid,
      SortedMap<String, Set<String>> wnidsOfLabel,
      Map<Location, String> labels) {
    boolean isWithoutClasses() {
      return !everyKeyHasAWnid && wnidsOfLabel.isEmpty();
    }
  }

  @Override
  public String name() {
    return "webdataset";
  }

  /** Names alone could be of any tars, so the first members decide. */
  @Override
  public Optional<String> seen() {
    boolean others =
        store.list(settings.input()).stream().anyMatch(WebDatasetLayout::isOfAnotherLayout);
    return others
        ? Optional.empty()
        : firstArchive().filter(this::startsWithASample).map(Location::name);
  }

  /** The first archive of the split, or of any split if it has none. */
  private Optional<Location> firstArchive() {
    Optional<Location> any =
        store.list(settings.input()).stream()
            .filter(WebDatasetLayout::isArchive)
            .map(settings.input()::resolve)
            .findFirst();
    return any.isPresent() ? any : archives().map(found -> found.archives().get(0));
  }

  private static boolean isArchive(String name) {
    return ARCHIVE.matcher(name).matches()
        && !isOfAnotherLayout(name)
        && !FoldersLayout.isDevkit(name);
  }

  private static boolean isOfAnotherLayout(String name) {
    return IlsvrcRelease.ALL.stream().anyMatch(release -> release.isArchive(name))
        || HuggingFaceLayout.isArchive(name)
        || ClassTarsLayout.isClassTar(name);
  }

  private boolean startsWithASample(Location archive) {
    if (UnpackedTars.isCompressed(archive.name())) {
      return false;
    }
    List<TarMember> members = TarDirectory.ofHeaders(store, archive).first(store, FIRST_MEMBERS);
    return members.stream().anyMatch(member -> WebDatasetSample.isLabel(member.path()));
  }

  @Override
  public String lookedFor() {
    return "a WebDataset's numbered tars with key.jpg and key.cls";
  }

  private Optional<SplitArchives> archives() {
    return SplitArchives.find(
        store, settings.input(), settings.split(), WebDatasetLayout::isArchive, Set.of());
  }

  @Override
  public PictureSource find() {
    SplitArchives found = archives().orElseThrow(this::missing);
    List<Location> archives =
        new UnpackedTars(store, settings.unpackTo(), settings.dryRun(), progress)
            .plain(found.archives());
    Optional<KnownClasses> known =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL)
            .map(KnownClasses::of);
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    found.beside().stream()
        .filter(name -> !FoldersLayout.isDevkit(name))
        .forEach(nonPictures::ignored);
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    Scan scan = scan(archives);
    String description = "WebDataset of " + found.inWords();
    if (scan.isWithoutClasses()) {
      Labels labels = labelsWithoutClasses(known, archives.get(0));
      archives.forEach(
          tar ->
              parts.add(new WebDatasetTar(tar, ClassBy.NOTHING, new TreeMap<>(), List.of(), "")));
      return new PictureSource(description, labels, parts, false, List.of());
    }
    ClassBy by = scan.everyKeyHasAWnid() ? ClassBy.KEY : ClassBy.LABEL;
    SortedMap<String, String> spellings = ClassNames.integers(scan.wnidsOfLabel().keySet());
    ClassNumbers numbers =
        by == ClassBy.KEY
            ? ClassNumbers.NONE
            : ClassNumbers.of(
                store,
                settings.classes(),
                known,
                new TreeSet<>(spellings.values()),
                found.directory());
    SortedMap<String, String> wnidOfLabel = new TreeMap<>();
    Set<String> present = new TreeSet<>();
    if (by == ClassBy.KEY) {
      scan.wnidsOfLabel().values().forEach(present::addAll);
    } else {
      spellings.forEach((label, number) -> present.add(numbers.wnid(number)));
      spellings.forEach(
          (label, number) -> {
            if (!numbers.wnid(number).equals(label)) {
              wnidOfLabel.put(label, numbers.wnid(number));
            }
          });
    }
    ClassSelection selection = ClassSelection.of(store, settings.classes(), known, present);
    List<String> leftOut = present.stream().filter(selection::leavesOut).toList();
    archives.forEach(
        tar ->
            parts.add(
                new WebDatasetTar(
                    tar,
                    by,
                    wnidOfLabel,
                    leftOut,
                    by == ClassBy.KEY ? "" : scan.labels().get(tar))));
    List<String> notices = new ArrayList<>(numbers.notices());
    notices.addAll(selection.notices(present));
    if (by == ClassBy.LABEL) {
      notices.addAll(merged(spellings));
    }
    return new PictureSource(
        description
            + (by == ClassBy.KEY ? ", with wnids in the keys" : ", with classes in .cls files"),
        selection.labels(),
        parts,
        true,
        notices);
  }

  /** Tells that a class is written in more than one way, as lists of pictures do too. */
  private static List<String> merged(SortedMap<String, String> spellings) {
    SortedMap<String, String> firstOf = new TreeMap<>();
    for (Map.Entry<String, String> spelling : spellings.entrySet()) {
      String before = firstOf.putIfAbsent(spelling.getValue(), spelling.getKey());
      if (before != null) {
        return List.of(
            "The .cls files write numbers of classes in more than one way, such as '%s' and '%s', which are one class"
                .formatted(before, spelling.getKey()));
      }
    }
    return List.of();
  }

  private Failure missing() {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is no numbered archive such as imagenet-train-000000.tar in %s. Give the directory of the archives as --input"
            .formatted(settings.input()));
  }

  private Scan scan(List<Location> archives) {
    boolean every = true;
    boolean any = false;
    SortedMap<String, Set<String>> wnidsOfLabel = new TreeMap<>();
    Map<Location, String> labels = new HashMap<>();
    NonPicturePart.Collected untold = new NonPicturePart.Collected();
    for (Location archive : archives) {
      StringBuilder ofArchive = new StringBuilder();
      for (WebDatasetSample sample : WebDatasetTar.samples(store, archive, untold)) {
        any = true;
        Set<String> wnids = WebDatasetTar.wnidsOf(sample);
        every &= wnids.size() == 1;
        String label = sample.label().orElse("");
        ofArchive.append(sample.key()).append('\t').append(label).append('\n');
        if (!label.isEmpty() || wnids.size() == 1) {
          wnidsOfLabel.computeIfAbsent(label, unused -> new TreeSet<>()).addAll(wnids);
        }
      }
      labels.put(archive, Sha256.of(ofArchive.toString().getBytes(StandardCharsets.UTF_8)));
    }
    Scan scan = new Scan(every && any, wnidsOfLabel, labels);
    if (scan.everyKeyHasAWnid()) {
      requireAgreement(wnidsOfLabel, archives.get(0));
    } else {
      wnidsOfLabel.remove("");
    }
    return scan;
  }

  /** A class in a .cls file must go with one wnid, and a wnid with one class. */
  private static void requireAgreement(
      SortedMap<String, Set<String>> wnidsOfLabel, Location archive) {
    SortedMap<String, String> labelOfWnid = new TreeMap<>();
    SortedMap<String, String> spellings = ClassNames.integers(withoutEmpty(wnidsOfLabel.keySet()));
    SortedMap<String, Set<String>> wnidsOfNumber = new TreeMap<>();
    wnidsOfLabel.forEach(
        (label, wnids) ->
            wnidsOfNumber
                .computeIfAbsent(spellings.getOrDefault(label, label), unused -> new TreeSet<>())
                .addAll(wnids));
    wnidsOfNumber.forEach(
        (label, wnids) -> {
          if (label.isEmpty()) {
            return;
          }
          if (wnids.size() > 1) {
            throw contradiction(
                archive,
                "the class '%s' goes with the wnids %s"
                    .formatted(label, String.join(" and ", wnids)));
          }
          String wnid = wnids.iterator().next();
          String before = labelOfWnid.put(wnid, label);
          if (before != null) {
            throw contradiction(
                archive,
                "the wnid %s goes with the classes '%s' and '%s'".formatted(wnid, before, label));
          }
        });
  }

  private static Set<String> withoutEmpty(Set<String> labels) {
    Set<String> some = new TreeSet<>(labels);
    some.remove("");
    return some;
  }

  private static Failure contradiction(Location archive, String problem) {
    return new Failure(
        Failure.Kind.BAD_DATA,
        "In the keys and .cls files of %s and those beside it, %s, so one of them is wrong. Correct the archives, or give a list of paths and classes"
            .formatted(archive, problem));
  }

  private Labels labelsWithoutClasses(Optional<KnownClasses> known, Location archive) {
    if (settings.split() != Split.TEST) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s holds no .cls file and no wnid in its keys, so the classes of its pictures are unknown. Only --split test accepts pictures of unknown classes"
              .formatted(archive));
    }
    Labels all = known.map(KnownClasses::labels).orElse(null);
    if (settings.namesClassFile()) {
      return ClassFile.read(store, new Location(settings.classes())).labels(all);
    }
    if (all == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s holds pictures of unknown classes; give the list of classes with --devkit, or with --classes and a file such as the labels.txt of the training set"
              .formatted(archive));
    }
    return all;
  }
}
