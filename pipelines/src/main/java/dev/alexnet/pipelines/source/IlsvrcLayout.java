package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.list.PictureCsv;
import dev.alexnet.pipelines.selection.ClassSelection;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarListing;
import dev.alexnet.pipelines.tar.TarMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One year's ILSVRC archives as published: a tar of class tars for training, a flat tar each for
 * validation and test, the devkit, and the corrections.
 */
final class IlsvrcLayout implements Layout {
  private static final String CLASS_ARCHIVE = ".tar";

  private final ObjectStore store;
  private final SourceSettings settings;
  private final IlsvrcRelease release;

  IlsvrcLayout(ObjectStore store, SourceSettings settings, IlsvrcRelease release) {
    this.store = store;
    this.settings = settings;
    this.release = release;
  }

  @Override
  public String name() {
    return release.layout();
  }

  @Override
  public Optional<String> seen() {
    String name = settings.input().name();
    if (PictureCsv.isList(name) || HuggingFaceLayout.isArchive(name)) {
      return Optional.empty();
    }
    if (store.exists(settings.input())) {
      return seenOfArchive(settings.input());
    }
    return store.list(settings.input()).stream().filter(release::isArchive).findFirst();
  }

  /** The year is known from the archive's name, or else from the devkit. */
  private Optional<String> seenOfArchive(Location archive) {
    boolean named =
        IlsvrcRelease.ALL.stream().anyMatch(year -> archive.name().startsWith(year.title()));
    if (named) {
      return Optional.of(archive.name()).filter(name -> name.startsWith(release.title()));
    }
    if (settings.devkit() != null) {
      return Optional.of(settings.devkit().name()).filter(release::isDevkit);
    }
    return Devkit.lookIn(store, archive.parent(), release).map(Location::name);
  }

  @Override
  public String lookedFor() {
    return String.join(" or ", archiveNames());
  }

  private List<String> archiveNames() {
    return release.archives().get(settings.split());
  }

  @Override
  public PictureSource find() {
    Location archive = archive();
    Optional<Devkit> devkit =
        Devkit.find(store, settings.devkit(), archive.parent(), List.of(release));
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    Patch patch = patch(archive.parent(), nonPictures);
    String description =
        "%s %s archive %s, %s bytes"
            .formatted(
                release.title(), settings.split().title(), archive.name(), store.size(archive));
    if (!patch.pictures().isEmpty()) {
      description += ", corrected by %s pictures".formatted(patch.pictures().size());
    }
    if (settings.isTrain()) {
      return train(archive, devkit, patch, nonPictures, description);
    }
    Devkit required =
        devkit.orElseThrow(
            () -> Devkit.missing(archive.parent(), release, "it defines the classes"));
    return flat(archive, required, patch, nonPictures.parts(), description);
  }

  private Location archive() {
    if (store.exists(settings.input())) {
      return settings.input();
    }
    return archiveNames().stream()
        .map(settings.input()::resolve)
        .filter(store::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new Failure(
                    Failure.Kind.INPUT_MISSING,
                    "There is no "
                        + lookedFor()
                        + " in "
                        + settings.input()
                        + " for --split "
                        + settings.split().title()
                        + ". Fetch it from image-net.org, or give the archive itself as --input."));
  }

  private Patch patch(Location directory, SourcePart.NonPictures nonPictures) {
    return release
        .patch()
        .map(directory::resolve)
        .filter(store::exists)
        .map(archive -> Patch.read(store, archive, settings.split(), nonPictures))
        .orElse(Patch.NONE);
  }

  private PictureSource train(
      Location archive,
      Optional<Devkit> devkit,
      Patch patch,
      NonPicturePart.Collected nonPictures,
      String description) {
    if (devkit.isEmpty() && settings.classes().equals("all")) {
      throw Devkit.missing(
          archive.parent(),
          release,
          "'--classes all' needs its list ('--classes present' takes those of the archive)");
    }
    TarListing outer =
        TarDirectory.ofHeaders(store, archive)
            .list(store, nonPictures::rejected, nonPictures::ignored);
    List<ClassTar> tars = classTars(archive, outer.members(), patch, nonPictures);
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    List<String> present = tars.stream().map(ClassTar::wnid).toList();
    ClassSelection selection =
        ClassSelection.of(store, settings.classes(), devkit.map(KnownClasses::of), present);
    List<ClassTar> selected =
        tars.stream().filter(tar -> !selection.leavesOut(tar.wnid())).toList();
    parts.addAll(selected);
    if (!selected.isEmpty()) {
      parts.addAll(ArchiveBytes.besides(selected, outer.read()));
    }
    return new PictureSource(
        description, selection.labels(), parts, true, selection.notices(present));
  }

  private List<ClassTar> classTars(
      Location archive, List<TarMember> members, Patch patch, SourcePart.NonPictures nonPictures) {
    List<ClassTar> tars = new ArrayList<>();
    for (TarMember member : members) {
      String name = member.name();
      if (name.endsWith(CLASS_ARCHIVE)) {
        String wnid = name.substring(0, name.length() - CLASS_ARCHIVE.length());
        tars.add(
            new ClassTar(
                archive,
                member.offset(),
                member.length(),
                wnid,
                patch.ofClass(wnid),
                member.generation()));
      } else {
        nonPictures.rejected(
            PictureName.unexpected(
                member.path(), archive, member.offset(), "a class archive (n01440764.tar)"));
      }
    }
    if (tars.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          archive
              + " holds no class archives (n01440764.tar)"
              + (members.isEmpty() ? "" : " but " + members.get(0).path())
              + ", so it is not a training archive of "
              + release.title()
              + ". Check --split.");
    }
    return tars;
  }

  private PictureSource flat(
      Location archive, Devkit devkit, Patch patch, List<SourcePart> parts, String description) {
    String prefix = release.picturePrefix(settings.split());
    if (settings.isTest() && release.testTruth().isEmpty()) {
      parts.add(new FlatTar(archive, prefix, List.of(), patch));
      return new PictureSource(description, devkit.labels(), parts, false, List.of());
    }
    List<String> truth =
        settings.isTest() ? testTruth(archive.parent(), devkit) : devkit.validationTruth();
    List<String> present = truth.stream().distinct().toList();
    ClassSelection selection =
        ClassSelection.of(store, settings.classes(), Optional.of(KnownClasses.of(devkit)), present);
    List<String> wnids =
        truth.stream().map(wnid -> selection.leavesOut(wnid) ? FlatTar.LEFT_OUT : wnid).toList();
    parts.add(new FlatTar(archive, prefix, wnids, patch));
    return new PictureSource(
        description, selection.labels(), parts, true, selection.notices(present));
  }

  /**
   * Reads the classes of the test pictures from beside the archive or the devkit, or from the
   * devkit's folder.
   */
  private List<String> testTruth(Location directory, Devkit devkit) {
    String name = release.testTruth().orElseThrow();
    Location file =
        List.of(
                directory.resolve(name),
                devkit.location().parent().resolve(name),
                devkit.location().resolve("data").resolve(name))
            .stream()
            .filter(store::exists)
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.INPUT_MISSING,
                        "There is no "
                            + directory.resolve(name)
                            + ", which gives the classes of the test pictures. Fetch it from"
                            + " image-net.org and put it beside the archive."));
    return devkit.wnids(store.readAll(file), file.value());
  }
}
