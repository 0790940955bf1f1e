package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder for each class, named by its wnid, with the pictures as files. */
final class FoldersLayout implements Layout {
  private static final String WNID = "n\\d{8}";

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
    return wnids().stream().filter(wnid -> !others || wnid.matches(WNID)).findFirst();
  }

  @Override
  public String lookedFor() {
    return "a folder for each class with .JPEG, .jpg, .jpeg or .png files";
  }

  private List<String> wnids() {
    return store.list(settings.input()).stream()
        .filter(name -> name.endsWith("/") && !PictureName.isHidden(name))
        .map(name -> name.substring(0, name.length() - 1))
        .filter(name -> IlsvrcRelease.ALL.stream().noneMatch(year -> year.isDevkit(name)))
        .toList();
  }

  @Override
  public PictureSource find() {
    List<String> present = wnids();
    if (present.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no class folder in "
              + settings.input()
              + "; it must hold a folder for each class, such as n01440764/ with .JPEG files");
    }
    Optional<Devkit> devkit = Devkit.find(store, settings, settings.input(), IlsvrcRelease.ALL);
    ClassSelection selection = ClassSelection.of(store, settings.classes(), devkit, present);
    List<SourcePart> parts = new ArrayList<>(picturesOfNoClass());
    present.stream()
        .filter(wnid -> !selection.leavesOut(wnid))
        .map(wnid -> new ClassFolder(settings.input().resolve(wnid), wnid))
        .forEach(parts::add);
    return new PictureSource(
        present.size() + " class folders of " + settings.input().name(),
        selection.labels(),
        parts,
        true,
        selection.notices(present));
  }

  private List<RejectedPart> picturesOfNoClass() {
    return store.list(settings.input()).stream()
        .filter(name -> PictureName.isPicture(name) && !PictureName.isHidden(name))
        .map(name -> PictureName.unexpected(name, settings.input(), 0, "a class folder"))
        .map(RejectedPart::new)
        .toList();
  }
}
