package dev.alexnet.ops.prediction;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.model.image.PictureHeader;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.pipelines.folder.PictureExtension;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Finds the pictures in given files and folders, and reads them. */
public final class PictureFiles {
  private static final char REPLACEMENT = '\uFFFD';

  private final ObjectStore store;

  @Inject
  public PictureFiles(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Given files, whatever their names, and every file with the extension of a picture in given
   * folders and their subfolders, in the order of their names. Java replaces bytes of an argument
   * that are not UTF-8 by U+FFFD; such an argument stands for all files and folders whose names
   * look the same.
   *
   * @throws Failure of kind INPUT_MISSING if one does not exist or a folder has no picture
   */
  public List<Location> find(List<Location> places) {
    List<Location> files = new ArrayList<>();
    for (Location place : named(places)) {
      if (store.exists(place)) {
        files.add(place);
      } else if (store.isDirectory(place)) {
        int before = files.size();
        addPictures(place, files);
        if (files.size() == before) {
          throw new Failure(
              Failure.Kind.INPUT_MISSING,
              "There is no picture in "
                  + place
                  + ": no file whose name ends in .jpg, .jpeg or .png");
        }
      } else {
        throw new Failure(Failure.Kind.INPUT_MISSING, "There is no file or folder " + place);
      }
    }
    return files;
  }

  private List<Location> named(List<Location> places) {
    List<Location> named = new ArrayList<>();
    for (Location place : places) {
      List<Location> read = readAs(place);
      // Arguments that differ only in such bytes look the same, and the first one found all their
      // files.
      read.stream().filter(file -> !named.contains(file)).forEach(named::add);
      if (read.isEmpty()) {
        named.add(place);
      }
    }
    return named;
  }

  private List<Location> readAs(Location place) {
    if (place.name().indexOf(REPLACEMENT) < 0) {
      return List.of();
    }
    return store.list(place.parent()).stream()
        .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
        .filter(ByteText::hasEscapes)
        .filter(
            name -> new String(ByteText.bytes(name), StandardCharsets.UTF_8).equals(place.name()))
        .map(place.parent()::resolve)
        .toList();
  }

  /**
   * Reads a picture's file. A file that is too long to be a picture would fill the memory.
   *
   * @throws RejectedPicture if the file is too long, before anything is read
   */
  public byte[] read(Location file) throws RejectedPicture {
    PictureHeader.checkLength(store.size(file));
    return store.readAll(file);
  }

  private void addPictures(Location folder, List<Location> files) {
    for (String name : store.list(folder)) {
      if (SystemName.isOne(name)) {
        continue;
      }
      if (name.endsWith("/")) {
        addPictures(folder.resolve(name.substring(0, name.length() - 1)), files);
      } else if (PictureExtension.isAt(name)) {
        files.add(folder.resolve(name));
      }
    }
  }
}
