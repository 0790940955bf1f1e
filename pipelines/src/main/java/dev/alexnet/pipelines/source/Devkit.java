package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devkit of ILSVRC2012: which classes there are, and which each validation picture has. */
final class Devkit {
  private final DevkitFiles files;
  private final Map<Integer, ClassLabel> classOfId;
  private final Labels labels;

  private Devkit(DevkitFiles files) {
    this.files = files;
    this.classOfId = MetaFile.read(files.file(DevkitFiles.META), files.nameOf(DevkitFiles.META));
    this.labels = new Labels(List.copyOf(classOfId.values()));
  }

  /**
   * The devkit that the settings name, or the one that lies beside the pictures.
   *
   * @param directory where to look for it
   * @return empty where none is named and none is there
   */
  static Optional<Devkit> find(ObjectStore store, SourceSettings settings, Location directory) {
    Optional<Location> place =
        settings.devkit() != null
            ? Optional.of(settings.devkit())
            : DevkitFiles.lookIn(store, directory);
    return place.map(devkit -> new Devkit(DevkitFiles.read(store, devkit)));
  }

  static Failure missing(Location directory, String reason) {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is neither "
            + directory.resolve(DevkitFiles.ARCHIVE)
            + " nor the folder "
            + DevkitFiles.FOLDER
            + " beside it, but "
            + reason
            + ". Fetch the devkit from image-net.org, or say with --devkit where it is.");
  }

  Location location() {
    return files.devkit();
  }

  /** All classes. */
  Labels labels() {
    return labels;
  }

  /**
   * The wnid of every validation picture, in the order of their numbers.
   *
   * @throws Failure of kind BAD_DATA where a line is no id of a class
   */
  List<String> groundTruth() {
    String text =
        new String(files.file(DevkitFiles.GROUND_TRUTH), StandardCharsets.US_ASCII).strip();
    List<String> wnids = new ArrayList<>();
    for (String line : text.lines().toList()) {
      ClassLabel label = line.strip().matches("\\d{1,6}") ? classOf(line) : null;
      if (label == null) {
        throw new Failure(
            Failure.Kind.BAD_DATA,
            files.nameOf(DevkitFiles.GROUND_TRUTH)
                + ", line "
                + (wnids.size() + 1)
                + ": '"
                + line
                + "' is not the id of one of the "
                + labels.size()
                + " classes of "
                + DevkitFiles.META
                + ". Give the devkit of 2012 with --devkit.");
      }
      wnids.add(label.wnid());
    }
    return wnids;
  }

  private ClassLabel classOf(String line) {
    return classOfId.get(Integer.valueOf(line.strip()));
  }
}
