package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder for each class, named by its wnid, with the pictures as files; or such folders for each
 * split, in {@code train/} and {@code val/}.
 */
final class FoldersLayout implements Layout {
  private static final List<String> SPLITS = List.of("train", "validation", "val", "test");

  private final ObjectStore store;
  private final SourceSettings settings;

  FoldersLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "folders";
  }

  /** Beside archives and lists only folders of wnids count: others may be anything. */
  @Override
  public Optional<String> seen() {
    boolean others =
        store.list(settings.input()).stream()
            .anyMatch(
                name ->
                    PictureList.isList(name)
                        || IlsvrcRelease.ALL.stream().anyMatch(year -> year.isArchive(name)));
    return foldersIn(settings.input()).stream()
        .filter(wnid -> !others || PictureName.WNID.matcher(wnid).matches())
        .findFirst();
  }

  @Override
  public String lookedFor() {
    return "a folder for each class with .JPEG, .jpg, .jpeg or .png files";
  }

  private List<String> foldersIn(Location directory) {
    return store.list(directory).stream()
        .filter(name -> name.endsWith("/") && !PictureName.isHidden(name))
        .map(name -> name.substring(0, name.length() - 1))
        .filter(name -> !isDevkit(name))
        .toList();
  }

  private static boolean isDevkit(String name) {
    return IlsvrcRelease.ALL.stream().anyMatch(year -> year.isDevkit(name));
  }

  @Override
  public PictureSource find() {
    Location directory = directory();
    List<String> present = foldersIn(directory);
    if (present.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no class folder in "
              + directory
              + "; it must hold a folder for each class, such as n01440764/ with .JPEG files");
    }
    Optional<Devkit> devkit = Devkit.find(store, settings, settings.input(), IlsvrcRelease.ALL);
    ClassSelection selection = ClassSelection.of(store, settings.classes(), devkit, present);
    List<SourcePart> parts = new ArrayList<>(strangersIn(directory));
    present.stream()
        .filter(wnid -> !selection.leavesOut(wnid))
        .map(wnid -> new ClassFolder(directory.resolve(wnid), wnid))
        .forEach(parts::add);
    String place =
        directory.equals(settings.input())
            ? directory.name()
            : settings.input().name() + "/" + directory.name();
    return new PictureSource(
        Quantity.of(present.size(), "class folder") + " of " + place,
        selection.labels(),
        parts,
        true,
        selection.notices(present));
  }

  /**
   * Where the folders of the classes are: the folder of the split, where the input has any such.
   */
  private Location directory() {
    List<String> splits = SPLITS.stream().filter(this::holdsClasses).toList();
    if (splits.isEmpty()) {
      return settings.input();
    }
    List<String> wanted =
        List.of(settings.split(), IlsvrcRelease.shortName(settings.split())).stream()
            .filter(splits::contains)
            .toList();
    if (wanted.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "%s holds class folders in %s, but none for --split %s. Say which are meant, as --input %s"
              .formatted(
                  settings.input(),
                  String.join("/, ", splits) + "/",
                  settings.split(),
                  settings.input().resolve(splits.get(0))));
    }
    return settings.input().resolve(wanted.get(0));
  }

  /** A class may be called so too: its folder has pictures. */
  private boolean holdsClasses(String split) {
    Location folder = settings.input().resolve(split);
    return !foldersIn(folder).isEmpty()
        && store.list(folder).stream().noneMatch(PictureName::isPicture);
  }

  /** What lies beside the folders of the classes. */
  private List<SourcePart> strangersIn(Location directory) {
    Stranger.Collected strangers = new Stranger.Collected();
    for (String name : store.list(directory)) {
      boolean folder = name.endsWith("/");
      if (PictureName.isHidden(name)) {
        strangers.ignored(name);
      } else if (!folder && !store.exists(directory.resolve(name))) {
        strangers.rejected(PictureName.noFile(name, directory));
      } else if (PictureName.isPicture(name)) {
        strangers.rejected(PictureName.unexpected(name, directory, 0, "a class folder"));
      } else if (!folder && !isDevkit(name)) {
        strangers.ignored(name);
      }
    }
    return strangers.parts();
  }
}
