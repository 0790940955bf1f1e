package dev.alexnet.ops.prediction;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.infra.text.ByteText;
import dev.alexnet.model.image.PictureHeader;
import dev.alexnet.model.image.RejectedPicture;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the pictures that are meant by files and folders, and reads them. */
public final class PictureFiles {
  /** Also of formats that are not decoded, so that no picture is passed over without a word. */
  private static final Set<String> EXTENSIONS =
      Set.of("jpeg", "jpg", "png", "gif", "bmp", "tif", "tiff", "webp");

  private static final char REPLACEMENT = '\uFFFD';

  private final ObjectStore store;

  @Inject
  public PictureFiles(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Files as they are named, whatever their names; of folders, and the folders in them, every file
   * that is called as a picture, in the order of their names. Java gives an argument that is not
   * UTF-8 with U+FFFD for its bytes: all files and folders are meant whose names read so.
   *
   * @throws Failure of kind INPUT_MISSING where one is not there or a folder has no picture
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
        throw new Failure(
            Failure.Kind.INPUT_MISSING, "There is neither a file nor a folder " + place);
      }
    }
    return files;
  }

  private List<Location> named(List<Location> places) {
    List<Location> named = new ArrayList<>();
    for (Location place : places) {
      List<Location> read = readAs(place);
      // Arguments that differ in such bytes only are the same here, and all have been found.
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
   * A picture's file, unless it is so long that it cannot be one: it would fill the memory.
   *
   * @throws RejectedPicture before anything is read
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
      } else if (EXTENSIONS.contains(
          name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))) {
        files.add(folder.resolve(name));
      }
    }
  }
}
