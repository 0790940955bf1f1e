package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.Annotations;
import dev.alexnet.pipelines.folder.KaggleFiles;
import dev.alexnet.pipelines.folder.PictureFolders;
import dev.alexnet.pipelines.folder.SynsetMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * ILSVRC2012 as Kaggle packs it: folders of pictures below {@code ILSVRC/Data/CLS-LOC}, the classes
 * in {@code LOC_synset_mapping.txt}, and those of the validation pictures in {@code
 * LOC_val_solution.csv}. A devkit takes the place of either file.
 */
final class KaggleLayout implements Layout {
  private final ObjectStore store;
  private final SourceSettings settings;

  KaggleLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "kaggle";
  }

  @Override
  public Optional<String> seen() {
    return files()
        .map(found -> found.mapping().or(found::solution).orElse(found.pictures()).name());
  }

  private Optional<KaggleFiles> files() {
    return store.exists(settings.input())
        ? Optional.empty()
        : KaggleFiles.find(store, settings.input());
  }

  @Override
  public String lookedFor() {
    return "Kaggle's ILSVRC/Data/CLS-LOC";
  }

  @Override
  public PictureSource find() {
    KaggleFiles files =
        files()
            .orElseThrow(
                () ->
                    new Failure(
                        Failure.Kind.INPUT_MISSING,
                        "There is no %s in %s. Give the folder that Kaggle's archive unpacks to as --input"
                            .formatted(lookedFor(), settings.input())));
    PictureFolders folders =
        PictureFolders.find(store, files.pictures(), settings.split(), FoldersLayout::isDevkit);
    Optional<Devkit> devkit = devkit(files);
    Optional<KnownClasses> known =
        devkit.map(KnownClasses::of).or(() -> files.mapping().map(file -> known(file, files)));
    PictureSource source =
        new FolderSource(store, settings, folders, devkit, known, files.solution()).source();
    return devkit.isPresent() || files.mapping().isEmpty()
        ? source
        : source.with(notice(files.mapping().get(), known.get()));
  }

  private Optional<Devkit> devkit(KaggleFiles files) {
    if (settings.devkit() != null) {
      return Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL);
    }
    return KaggleFiles.upwards(files.pictures()).stream()
        .map(directory -> Devkit.find(store, null, directory, IlsvrcRelease.ALL))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The classes of the mapping, of the training set and of the solution: the same for every split,
   * also if the mapping was cut short.
   */
  private KnownClasses known(Location mapping, KaggleFiles files) {
    SortedMap<String, ClassLabel> classes = SynsetMapping.read(store, mapping);
    List<String> others = new ArrayList<>(PictureFolders.trainingClasses(store, files.pictures()));
    files
        .solution()
        .ifPresent(solution -> others.addAll(Annotations.read(store, solution).values()));
    others.forEach(wnid -> classes.putIfAbsent(wnid, new ClassLabel(wnid, wnid)));
    return new KnownClasses("synset mapping", mapping, new Labels(List.copyOf(classes.values())));
  }

  private List<String> notice(Location mapping, KnownClasses known) {
    int named = SynsetMapping.read(store, mapping).size();
    return named == known.labels().size()
        ? List.of()
        : List.of(
            "%s has only %s of %s; the others have their wnids as names"
                .formatted(mapping, named, Quantity.of(known.labels().size(), "class")));
  }
}
