package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The archives of ILSVRC2012 as they are published: a tar of class tars for training, a flat tar
 * each for validation and test, and the devkit.
 */
final class Ilsvrc2012Layout {
  private static final String CLASS_ARCHIVE = ".tar";

  private final ObjectStore store;
  private final SourceSettings settings;

  Ilsvrc2012Layout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  /** Whether the input is an archive, or a directory with any of the official ones. */
  boolean isThere() {
    return store.exists(settings.input())
        || store.list(settings.input()).stream()
            .anyMatch(name -> name.startsWith("ILSVRC2012_img_"));
  }

  String lookedFor() {
    return String.join(" or ", archiveNames());
  }

  private List<String> archiveNames() {
    return switch (settings.split()) {
      case "train" -> List.of("ILSVRC2012_img_train.tar");
      case "validation" -> List.of("ILSVRC2012_img_val.tar");
      default -> List.of("ILSVRC2012_img_test_v10102019.tar", "ILSVRC2012_img_test.tar");
    };
  }

  /**
   * @throws Failure of kind INPUT_MISSING or BAD_DATA
   */
  PictureSource find() {
    Location archive = archive();
    Optional<Devkit> devkit = Devkit.find(store, settings, directoryOf(archive));
    String description =
        "ILSVRC2012 %s archive %s, %d bytes"
            .formatted(settings.split(), archive.name(), store.size(archive));
    if (settings.isTrain()) {
      return train(archive, devkit, description);
    }
    Devkit required =
        devkit.orElseThrow(
            () -> Devkit.missing(directoryOf(archive), "it says which classes there are"));
    return settings.isTest()
        ? test(archive, required, description)
        : validation(archive, required, description);
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
                        + settings.split()
                        + ". Fetch it from image-net.org, or give the archive itself as --input."));
  }

  private static Location directoryOf(Location archive) {
    int nameLength = archive.name().length();
    String directory = archive.value().substring(0, archive.value().length() - nameLength);
    return new Location(directory.isEmpty() ? "." : directory);
  }

  private PictureSource train(Location archive, Optional<Devkit> devkit, String description) {
    if (devkit.isEmpty() && settings.classes().equals("all")) {
      throw Devkit.missing(
          directoryOf(archive),
          "'--classes all' needs its list ('--classes present' takes those of the archive)");
    }
    List<SourcePart> rejected = new ArrayList<>();
    List<ClassTar> tars = classTars(archive, rejected);
    List<String> present = tars.stream().map(ClassTar::wnid).toList();
    ClassSelection selection = ClassSelection.of(store, settings.classes(), devkit, present);
    List<SourcePart> parts = new ArrayList<>(rejected);
    tars.stream().filter(tar -> !selection.leavesOut(tar.wnid())).forEach(parts::add);
    return new PictureSource(description, selection.labels(), parts);
  }

  private List<ClassTar> classTars(Location archive, List<SourcePart> rejected) {
    List<ClassTar> tars = new ArrayList<>();
    TarDirectory directory = TarDirectory.of(store, archive);
    List<TarMember> members =
        directory.list(store, rejection -> rejected.add(new RejectedPart(rejection)));
    for (TarMember member : members) {
      String name = member.name();
      if (name.endsWith(CLASS_ARCHIVE)) {
        String wnid = name.substring(0, name.length() - CLASS_ARCHIVE.length());
        tars.add(new ClassTar(archive, member.offset(), member.length(), wnid));
      } else {
        rejected.add(
            new RejectedPart(
                PictureName.unexpected(
                    member.path(), archive, member.offset(), "a class archive (n01440764.tar)")));
      }
    }
    if (tars.isEmpty()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          archive
              + " holds no class archives (n01440764.tar)"
              + (members.isEmpty() ? "" : " but " + members.get(0).path())
              + ", so it is no training archive of ILSVRC2012. Is --split right?");
    }
    return tars;
  }

  private PictureSource validation(Location archive, Devkit devkit, String description) {
    List<String> truth = devkit.groundTruth();
    ClassSelection selection =
        ClassSelection.of(
            store, settings.classes(), Optional.of(devkit), truth.stream().distinct().toList());
    List<String> wnids =
        truth.stream().map(wnid -> selection.leavesOut(wnid) ? FlatTar.LEFT_OUT : wnid).toList();
    return new PictureSource(description, selection.labels(), List.of(new FlatTar(archive, wnids)));
  }

  private PictureSource test(Location archive, Devkit devkit, String description) {
    return new PictureSource(
        description, devkit.labels(), List.of(new FlatTar(archive, List.of())));
  }
}
