package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.classes.ClassNames;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.Annotations;
import dev.alexnet.pipelines.folder.LinkedFolders;
import dev.alexnet.pipelines.folder.PictureFolders;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.folder.WnidInName;
import dev.alexnet.pipelines.selection.ClassNumbers;
import dev.alexnet.pipelines.selection.ClassSelection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a source of what {@link PictureFolders} found. */
final class FolderSource {
  private final ObjectStore store;
  private final SourceSettings settings;
  private final PictureFolders folders;
  private final Optional<Devkit> devkit;
  private final Optional<KnownClasses> known;
  private final Optional<Location> solution;

  /**
   * @param known all classes, if something lists them: the devkit, or Kaggle's mapping
   * @param solution the classes of numbered validation pictures, if the devkit is not to give them
   */
  FolderSource(
      ObjectStore store,
      SourceSettings settings,
      PictureFolders folders,
      Optional<Devkit> devkit,
      Optional<KnownClasses> known,
      Optional<Location> solution) {
    this.store = store;
    this.settings = settings;
    this.folders = folders;
    this.devkit = devkit;
    this.known = known;
    this.solution = solution;
  }

  PictureSource source() {
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    folders.beside().forEach(nonPictures::ignored);
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    return switch (folders.kind()) {
      case CLASSES -> ofClasses(parts);
      case ANNOTATED -> annotated(folders.annotations(), parts);
      case NAMED -> named(parts);
      case NUMBERED -> solution.isPresent() ? annotated(solution.get(), parts) : numbered(parts);
      case UNLABELLED -> unlabelled(parts);
    };
  }

  private PictureSource ofClasses(List<SourcePart> parts) {
    LinkedFolders.requireDifferent(folders.directory(), folders.classes());
    ClassNames.requireDifferent(folders.classes(), folders.directory());
    ClassNumbers numbers =
        ClassNumbers.of(store, settings.classes(), known, folders.classes(), folders.directory());
    List<String> present = folders.classes().stream().map(numbers::wnid).toList();
    ClassSelection selection = ClassSelection.of(store, settings.classes(), known, present);
    parts.addAll(nonPicturesIn(folders.directory()));
    folders.classes().stream()
        .filter(name -> !selection.leavesOut(numbers.wnid(name)))
        .map(name -> new ClassFolder(folders.directory().resolve(name), numbers.wnid(name)))
        .forEach(parts::add);
    List<String> notices = new ArrayList<>(numbers.notices());
    notices.addAll(differenceFromTraining());
    notices.addAll(selection.notices(present));
    folders.ambiguousClasses().stream()
        .filter(name -> selection.labels().labelOf(name).isPresent())
        .map(
            name ->
                "%s is read as the folder of a class called '%s'. If it is not a class, move it away and convert again"
                    .formatted(folders.directory().resolve(name), name))
        .forEach(notices::add);
    return new PictureSource(
        Quantity.of(present.size(), "class folder") + " of " + place(),
        selection.labels(),
        parts,
        true,
        notices(notices));
  }

  /** The labels of such a set are not those of the training set, which {@code train} refuses. */
  private List<String> differenceFromTraining() {
    if (settings.split() == Split.TRAIN || known.isPresent() || settings.namesClassFile()) {
      return List.of();
    }
    Set<String> training =
        new TreeSet<>(PictureFolders.trainingClasses(store, folders.directory()));
    Set<String> own = new TreeSet<>(folders.classes());
    if (training.isEmpty() || training.equals(own)) {
      return List.of();
    }
    List<String> missing = training.stream().filter(name -> !own.contains(name)).toList();
    List<String> extra = own.stream().filter(name -> !training.contains(name)).toList();
    return List.of(
        "Warning: the classes of %s are not those of the training set beside it, so their labels differ: only in the training set: %s; only here: %s. To give both the same labels, give the labels.txt of the training set's dataset with --classes"
            .formatted(folders.directory(), orNone(missing), orNone(extra)));
  }

  private static String orNone(List<String> names) {
    return names.isEmpty() ? "none" : NameList.of(names);
  }

  private PictureSource annotated(Location annotations, List<SourcePart> parts) {
    return ofAllClasses(
        Annotations.read(store, annotations).values(),
        new PictureClasses.Annotated(annotations),
        "in " + annotations.name(),
        parts);
  }

  private PictureSource named(List<SourcePart> parts) {
    List<String> wnids = new ArrayList<>();
    for (String name : store.list(folders.directory())) {
      if (PictureName.isPicture(name) && WnidInName.of(name).size() == 1) {
        wnids.addAll(WnidInName.of(name));
      }
    }
    return ofAllClasses(wnids, new PictureClasses.InName(), "in their names", parts);
  }

  private PictureSource numbered(List<SourcePart> parts) {
    Devkit truth =
        devkit.orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.BAD_DATA,
                    "%s holds numbered pictures of the validation set, whose classes are in the devkit. Give it with --devkit, or put Kaggle's %s beside the folder"
                        .formatted(folders.directory(), Annotations.SOLUTION)));
    List<String> wnids = truth.validationTruth();
    return ofAllClasses(
        wnids,
        new PictureClasses.Numbered(truth.release().picturePrefix(Split.VALIDATION), wnids),
        "in the devkit " + truth.location().name(),
        parts);
  }

  /** Uses the labels of the training set beside the pictures, if there is one. */
  private PictureSource ofAllClasses(
      Collection<String> wnids, PictureClasses classes, String given, List<SourcePart> parts) {
    List<String> present = List.copyOf(new TreeSet<>(wnids));
    boolean ofTraining = settings.classes().equals("all") && !folders.classes().isEmpty();
    ClassSelection selection =
        ClassSelection.of(
            store, settings.classes(), known, ofTraining ? folders.classes() : present);
    parts.add(
        new PictureFolder(
            folders.directory(), classes, present.stream().filter(selection::leavesOut).toList()));
    return new PictureSource(
        "pictures of %s, their classes %s".formatted(place(), given),
        selection.labels(),
        parts,
        true,
        notices(selection.notices(present)));
  }

  private PictureSource unlabelled(List<SourcePart> parts) {
    parts.add(new PictureFolder(folders.directory(), new PictureClasses.Unknown(), List.of()));
    return new PictureSource("pictures of " + place(), labels(), parts, false, notices(List.of()));
  }

  private Labels labels() {
    Labels all = known.map(KnownClasses::labels).orElse(null);
    if (settings.namesClassFile()) {
      return ClassFile.read(store, new Location(settings.classes())).labels(all);
    }
    if (all != null) {
      return all;
    }
    if (folders.classes().isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          folders.directory()
              + " holds pictures, but no folder for each class; give the classes with --devkit, or"
              + " with --classes and a file such as the labels.txt of the training set");
    }
    return ClassSelection.of(store, "all", Optional.empty(), folders.classes()).labels();
  }

  private String place() {
    String input = settings.input().name();
    String directory = folders.directory().value();
    return directory.equals(settings.input().value())
        ? input
        : input + directory.substring(settings.input().value().length());
  }

  private List<String> notices(List<String> ofClasses) {
    List<String> notices = new ArrayList<>(ofClasses);
    Split split = settings.split();
    Optional<Split> called = Split.of(settings.input().name());
    if (called.isPresent() && called.get() != split) {
      notices.add(
          "The pictures of %s are converted as --split %s, but the name of their folder suggests --split %s; check --split"
              .formatted(settings.input(), split.title(), called.get().title()));
    }
    return notices;
  }

  /** Files and folders without pictures beside the class folders. */
  private List<SourcePart> nonPicturesIn(Location directory) {
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    for (String name : store.list(directory)) {
      boolean folder = name.endsWith("/");
      if (PictureName.isHidden(name)) {
        nonPictures.ignored(name);
      } else if (!folder && !store.exists(directory.resolve(name))) {
        nonPictures.rejected(PictureName.noFile(name, directory));
      } else if (PictureName.isPicture(name)) {
        nonPictures.rejected(PictureName.unexpected(name, directory, 0, "a class folder"));
      } else if (!folder && !FoldersLayout.isDevkit(name)) {
        nonPictures.ignored(name);
      }
    }
    return nonPictures.parts();
  }
}
