package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
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
 * Pictures that replace those of the same names in an archive: the publisher's correction.
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
   * Lists the corrections of one split: the pictures in the folder of its name, whatever that lies
   * in.
   *
   * @param nonPictures hears of pictures that belong to no split, and of what is none
   */
  static Patch read(
      ObjectStore store, Location archive, Split split, SourcePart.NonPictures nonPictures) {
    List<TarMember> pictures = new ArrayList<>();
    for (TarMember member :
        TarDirectory.of(store, archive).list(store, nonPictures::rejected, nonPictures::ignored)) {
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

  /** What tells this patch from others, wherever it lies. */
  String identity() {
    return pictures.stream()
        .map(picture -> picture.path() + " " + picture.offset() + " " + picture.length())
        .collect(Collectors.joining(","));
  }

  /** What of this concerns one class. */
  Patch ofClass(String wnid) {
    return new Patch(
        pictures.stream().filter(picture -> picture.name().startsWith(wnid + "_")).toList());
  }

  /**
   * The members of an archive with the corrections in their places.
   *
   * @param rejections hears of corrections of pictures that the archive does not have
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
              "it corrects a picture that is not there"));
    }
    return patched;
  }
}
