package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.folder.Annotations;
import dev.alexnet.pipelines.folder.PictureFolders;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Pictures as files in folders: a folder for each class, such folders for each split, or a folder
 * of pictures with a file of their classes. {@link PictureFolders} decides which.
 */
final class FoldersLayout implements Layout {
  private final ObjectStore store;
  private final SourceSettings settings;
  private final Split split;

  FoldersLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
    this.split = settings.split();
  }

  @Override
  public String name() {
    return "folders";
  }

  /**
   * If there are also archives or lists that can be read, folders count only if their classes are
   * certain: folders named after wnids, folders of the split, and several folders with pictures.
   */
  @Override
  public Optional<String> seen() {
    Location input = settings.input();
    boolean others =
        new CsvLayout(store, settings).seen().isPresent()
            || store.list(input).stream()
                .anyMatch(
                    name -> IlsvrcRelease.ALL.stream().anyMatch(year -> year.isArchive(name)));
    boolean all = !others || PictureFolders.fits(store, input, split, FoldersLayout::isDevkit);
    return PictureFolders.candidates(store, input, FoldersLayout::isDevkit).stream()
        .filter(name -> all || PictureName.WNID.matcher(name).matches())
        .findFirst();
  }

  @Override
  public String lookedFor() {
    return "a folder for each class with .JPEG, .jpg, .jpeg or .png files";
  }

  private static boolean isDevkit(String name) {
    return IlsvrcRelease.ALL.stream().anyMatch(year -> year.isDevkit(name));
  }

  @Override
  public PictureSource find() {
    PictureFolders folders =
        PictureFolders.find(store, settings.input(), split, FoldersLayout::isDevkit);
    Optional<Devkit> devkit =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL);
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    folders.beside().forEach(nonPictures::ignored);
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    return switch (folders.kind()) {
      case CLASSES -> ofClasses(folders, devkit, parts);
      case ANNOTATED -> annotated(folders, devkit, parts);
      case UNLABELLED -> unlabelled(folders, devkit, parts);
    };
  }

  private PictureSource ofClasses(
      PictureFolders folders, Optional<Devkit> devkit, List<SourcePart> parts) {
    List<String> present = folders.classes();
    ClassSelection selection = ClassSelection.of(store, settings.classes(), devkit, present);
    parts.addAll(nonPicturesIn(folders.directory()));
    present.stream()
        .filter(wnid -> !selection.leavesOut(wnid))
        .map(wnid -> new ClassFolder(folders.directory().resolve(wnid), wnid))
        .forEach(parts::add);
    List<String> notices = new ArrayList<>(selection.notices(present));
    folders.ambiguousClasses().stream()
        .filter(name -> selection.labels().labelOf(name).isPresent())
        .map(
            name ->
                "%s is read as the folder of a class called '%s'. If it is not a class, move it away and convert again"
                    .formatted(folders.directory().resolve(name), name))
        .forEach(notices::add);
    return new PictureSource(
        Quantity.of(present.size(), "class folder") + " of " + place(folders),
        selection.labels(),
        parts,
        true,
        notices(notices));
  }

  /** Uses the labels of the training set beside the pictures, if there is one. */
  private PictureSource annotated(
      PictureFolders folders, Optional<Devkit> devkit, List<SourcePart> parts) {
    List<String> present =
        List.copyOf(new TreeSet<>(Annotations.read(store, folders.annotations()).values()));
    boolean ofTraining = settings.classes().equals("all") && !folders.classes().isEmpty();
    ClassSelection selection =
        ClassSelection.of(
            store, settings.classes(), devkit, ofTraining ? folders.classes() : present);
    parts.add(
        new PictureFolder(
            folders.directory(),
            folders.annotations(),
            present.stream().filter(selection::leavesOut).toList()));
    return new PictureSource(
        "pictures of %s, their classes in %s"
            .formatted(place(folders), folders.annotations().name()),
        selection.labels(),
        parts,
        true,
        notices(selection.notices(present)));
  }

  private PictureSource unlabelled(
      PictureFolders folders, Optional<Devkit> devkit, List<SourcePart> parts) {
    parts.add(new PictureFolder(folders.directory(), null, List.of()));
    return new PictureSource(
        "pictures of " + place(folders), labels(folders, devkit), parts, false, notices(List.of()));
  }

  private Labels labels(PictureFolders folders, Optional<Devkit> devkit) {
    Labels known = devkit.map(Devkit::labels).orElse(null);
    if (settings.namesClassFile()) {
      return ClassFile.read(store, new Location(settings.classes())).labels(known);
    }
    if (known != null) {
      return known;
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

  private String place(PictureFolders folders) {
    String input = settings.input().name();
    String directory = folders.directory().value();
    return directory.equals(settings.input().value())
        ? input
        : input + directory.substring(settings.input().value().length());
  }

  private List<String> notices(List<String> ofClasses) {
    List<String> notices = new ArrayList<>(ofClasses);
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
      } else if (!folder && !isDevkit(name)) {
        nonPictures.ignored(name);
      }
    }
    return nonPictures.parts();
  }
}
