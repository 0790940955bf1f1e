package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Labels;
import java.util.List;

/**
 * The pictures of one split, found but not indexed: the door to the layouts.
 *
 * @param description what was recognised, in words, with the sizes of archives
 * @param labels the classes that the pictures may have
 * @param parts what can be indexed on its own; at least one
 */
public record PictureSource(String description, Labels labels, List<SourcePart> parts) {

  public PictureSource {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          description + ": there is no picture of the classes asked for with --classes");
    }
  }

  /**
   * Recognises the layout, reads the classes and finds the parts. Reads the headers of a training
   * archive, and the devkit.
   *
   * @throws Failure of kind INPUT_MISSING where an archive, the devkit or every class folder is
   *     missing, BAD_DATA where they are not what they should be
   */
  public static PictureSource find(ObjectStore store, SourceSettings settings) {
    return switch (settings.layout()) {
      case "ilsvrc2012" -> new Ilsvrc2012Layout(store, settings).find();
      case "folders" -> new FoldersLayout(store, settings).find();
      case "auto" -> recognised(store, settings);
      default ->
          throw new Failure(
              Failure.Kind.USAGE, "There is no reader of the layout '" + settings.layout() + "'");
    };
  }

  /**
   * Whether a location lies where class folders are looked for: a directory there would be taken
   * for a class the next time.
   */
  public boolean isAmongFolders(Location location) {
    return parts.stream()
        .anyMatch(part -> part instanceof ClassFolder folder && folder.isBeside(location));
  }

  private static PictureSource recognised(ObjectStore store, SourceSettings settings) {
    Ilsvrc2012Layout archives = new Ilsvrc2012Layout(store, settings);
    if (archives.isThere()) {
      return archives.find();
    }
    FoldersLayout folders = new FoldersLayout(store, settings);
    if (folders.isThere()) {
      return folders.find();
    }
    Location input = settings.input();
    List<String> names = store.list(input);
    String seen =
        names.isEmpty()
            ? "it is empty or not there"
            : "it holds " + String.join(", ", names.stream().limit(5).toList());
    throw new Failure(
        Failure.Kind.INPUT_MISSING,
        "No pictures were recognised at "
            + input
            + ": "
            + seen
            + (names.size() > 5 ? " and " + (names.size() - 5) + " more" : "")
            + ". Looked for "
            + archives.lookedFor()
            + ", and for a folder for each class with .JPEG, .jpg, .jpeg or .png files.");
  }
}
