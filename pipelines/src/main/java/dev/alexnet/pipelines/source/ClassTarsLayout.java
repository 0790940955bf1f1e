package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.SplitArchives;
import dev.alexnet.pipelines.selection.ClassSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tar per class in a directory, named after its wnid: the unpacked training archive of ILSVRC,
 * and the releases of all of ImageNet.
 */
final class ClassTarsLayout implements Layout {
  private static final Pattern CLASS_TAR = Pattern.compile("n\\d{8}\\.tar");

  private final ObjectStore store;
  private final SourceSettings settings;

  ClassTarsLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  static boolean isClassTar(String name) {
    return CLASS_TAR.matcher(name).matches();
  }

  @Override
  public String name() {
    return "class-tars";
  }

  @Override
  public Optional<String> seen() {
    return store.exists(settings.input())
        ? Optional.empty()
        : tars().map(found -> found.archives().get(0).name());
  }

  private Optional<SplitArchives> tars() {
    return SplitArchives.find(
        store, settings.input(), settings.split(), ClassTarsLayout::isClassTar, Set.of());
  }

  @Override
  public String lookedFor() {
    return "a tar for each class, such as n01440764.tar";
  }

  @Override
  public PictureSource find() {
    SplitArchives tars =
        tars()
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.INPUT_MISSING,
                        "There is no tar named after a wnid, such as n01440764.tar, in %s. Give the directory of the tars as --input"
                            .formatted(settings.input())));
    Optional<Devkit> devkit =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL);
    List<String> present = tars.archives().stream().map(ClassTarsLayout::wnid).toList();
    ClassSelection selection =
        ClassSelection.of(store, settings.classes(), devkit.map(KnownClasses::of), present);
    List<SourcePart> parts = new ArrayList<>(beside(tars));
    tars.archives().stream()
        .filter(tar -> !selection.leavesOut(wnid(tar)))
        .map(this::part)
        .forEach(parts::add);
    return new PictureSource(
        "%s of %s".formatted(Quantity.of(present.size(), "class tar"), tars.directory().name()),
        selection.labels(),
        parts,
        true,
        selection.notices(present));
  }

  private static List<SourcePart> beside(SplitArchives tars) {
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    for (String name : tars.beside()) {
      if (PictureName.isPicture(name) && !PictureName.isHidden(name)) {
        nonPictures.rejected(
            PictureName.unexpected(name, tars.directory(), 0, "a class archive (n01440764.tar)"));
      } else if (!FoldersLayout.isDevkit(name)) {
        nonPictures.ignored(name);
      }
    }
    return nonPictures.parts();
  }

  private SourcePart part(Location tar) {
    ObjectEntry entry =
        store
            .find(tar)
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.BAD_DATA,
                        tar + " is a broken link. Remove it, or put the archive there"));
    return new ClassTar(
        tar, 0, entry.size(), wnid(tar), Patch.NONE, tar.isCloud() ? entry.generation() : 0);
  }

  private static String wnid(Location tar) {
    return tar.name().substring(0, tar.name().lastIndexOf('.'));
  }
}
