package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.WnidInName;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import dev.alexnet.pipelines.tar.WebDatasetSample;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An archive of a WebDataset: {@code key.jpg} and {@code key.cls} for each picture.
 *
 * @param by what gives the class of a sample
 * @param wnids the class that each content of a {@code .cls} file stands for; others stand for
 *     themselves
 * @param leftOut the classes whose pictures are left out
 * @param labels identifies what all {@code .cls} files in it contain; empty if they give no class
 */
record WebDatasetTar(
    Location archive,
    ClassBy by,
    SortedMap<String, String> wnids,
    List<String> leftOut,
    String labels)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  private static final Set<String> BESIDE_PICTURES =
      Set.of("cls", "json", "txt", "id", "idx", "index", "url", "caption", "text");

  /** What gives the class of a sample. */
  enum ClassBy {
    /** The wnid in its key. */
    KEY,
    /** Its {@code .cls} file. */
    LABEL,
    /** Nothing: it is unknown. */
    NOTHING
  }

  WebDatasetTar {
    wnids = Collections.unmodifiableSortedMap(new TreeMap<>(wnids));
    leftOut = List.copyOf(leftOut);
    requireNonNull(labels, "labels is null");
  }

  static List<WebDatasetSample> samples(ObjectStore store, Location archive, NonPictures others) {
    return WebDatasetSample.of(
        TarDirectory.of(store, archive)
            .withContents(WebDatasetSample::isLabel)
            .list(store, others::rejected, others::ignored));
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    return String.join(
        "\t",
        archive.name(),
        files.sizeOfArchive(store, archive) + "",
        by + "",
        wnids + "",
        labels);
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    for (WebDatasetSample sample : samples(store, archive, listener)) {
      PictureClasses.Finding finding = classOf(sample);
      List<TarMember> pictures =
          sample.files().stream()
              .filter(file -> PictureName.isPicture("." + sample.extension(file)))
              .filter(file -> sample.extension(file).indexOf('.') < 0)
              .toList();
      for (TarMember file : sample.files()) {
        if (!pictures.contains(file)) {
          beside(sample, file, listener);
        } else if (pictures.size() > 1) {
          listener.rejected(
              rejection(file, "UNEXPECTED_NAME", "its sample has more than one picture"));
        } else if (finding.wnid() == null) {
          listener.rejected(rejection(file, "UNKNOWN_CLASS", finding.problem()));
        } else if (!leftOut.contains(finding.wnid())) {
          listener.picture(PictureReference.of(file, file.path(), finding.wnid()));
        }
      }
    }
  }

  private PictureClasses.Finding classOf(WebDatasetSample sample) {
    return switch (by) {
      case NOTHING -> PictureClasses.Finding.of("");
      case KEY -> PictureClasses.InName.of(sample.key());
      case LABEL ->
          sample
              .label()
              .map(label -> PictureClasses.Finding.of(wnids.getOrDefault(label, label)))
              .orElseGet(
                  () -> PictureClasses.Finding.none("its sample has no .cls file with a class"));
    };
  }

  private void beside(WebDatasetSample sample, TarMember file, Listener listener) {
    if (BESIDE_PICTURES.contains(sample.extension(file))) {
      listener.ignored(file.path());
    } else {
      listener.rejected(
          PictureName.unexpected(
              file.path(), archive, file.offset(), "a picture or its class: key.jpg, key.cls"));
    }
  }

  private Rejection rejection(TarMember file, String reason, String message) {
    return new Rejection(file.path(), archive.value(), file.offset(), reason, message);
  }

  /** The wnids in a sample's key. */
  static Set<String> wnidsOf(WebDatasetSample sample) {
    return WnidInName.of(sample.key());
  }
}
