package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Pictures that replace those with the same names in an archive: the publisher's corrections.
 *
 * @param pictures members of the archive of corrections
 */
record Patch(List<TarMember> pictures) implements Serializable {
  private static final long serialVersionUID = 1L;

  static final Patch NONE = new Patch(List.of());

  Patch {
    pictures = List.copyOf(pictures);
  }

  /**
   * Lists the corrections of one split: the pictures in the folder with its name, wherever that
   * folder is.
   *
   * @param nonPictures is told of pictures that do not belong to a split, and of files that are not
   *     pictures
   */
  static Patch read(
      ObjectStore store, Location archive, Split split, SourcePart.NonPictures nonPictures) {
    List<TarMember> pictures = new ArrayList<>();
    for (TarMember member :
        TarDirectory.of(store, archive)
            .list(store, nonPictures::rejected, nonPictures::ignored)
            .members()) {
      if (!PictureName.isPicture(member.name())) {
        continue;
      }
      String[] parts = member.path().split("/", -1);
      String folder = parts.length > 1 ? parts[parts.length - 2] : "";
      if (folder.equals(IlsvrcRelease.shortName(split))) {
        pictures.add(member);
      } else if (!List.of("train", "val", "test").contains(folder)) {
        nonPictures.rejected(
            PictureName.unexpected(
                member.path(), archive, member.offset(), "a picture in train, val or test"));
      }
    }
    return new Patch(pictures);
  }

  /** Identifies this patch, independent of its location. */
  String identity() {
    return pictures.stream()
        .map(picture -> picture.path() + " " + picture.offset() + " " + picture.length())
        .collect(Collectors.joining(","));
  }

  /** Tells of the archives of corrections. */
  void tell(ObjectStore store, SourcePart.Files files) {
    Map<Location, Long> archives = new LinkedHashMap<>();
    pictures.forEach(picture -> archives.put(picture.archive(), picture.generation()));
    archives.forEach((archive, generation) -> files.archive(store, archive, generation));
  }

  /** The corrections of one class. */
  Patch ofClass(String wnid) {
    return new Patch(
        pictures.stream().filter(picture -> picture.name().startsWith(wnid + "_")).toList());
  }

  /**
   * The members of an archive, with the corrected pictures replaced.
   *
   * @param rejections is told of corrections for pictures that the archive does not contain
   */
  List<TarMember> over(List<TarMember> members, Consumer<Rejection> rejections) {
    if (pictures.isEmpty()) {
      return members;
    }
    Map<String, TarMember> left = new LinkedHashMap<>();
    pictures.forEach(picture -> left.put(picture.name(), picture));
    List<TarMember> patched = new ArrayList<>();
    for (TarMember member : members) {
      TarMember correction = left.remove(member.name());
      patched.add(correction == null ? member : correction);
    }
    for (TarMember unused : left.values()) {
      rejections.accept(
          new Rejection(
              unused.path(),
              unused.archive().value(),
              unused.offset(),
              "UNEXPECTED_NAME",
              "it corrects a picture that the archive does not contain"));
    }
    return patched;
  }
}
