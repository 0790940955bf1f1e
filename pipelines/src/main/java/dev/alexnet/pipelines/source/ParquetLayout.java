package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.folder.SplitArchives;
import dev.alexnet.pipelines.parquet.ParquetParts;
import dev.alexnet.pipelines.parquet.ParquetUnpacking;
import dev.alexnet.pipelines.parquet.UnpackedParquet;
import dev.alexnet.pipelines.selection.ParquetClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Parquet files as Hugging Face stores sets of pictures: {@code data/train-00000-of-00294.parquet},
 * with the pictures' bytes, paths and labels in rows.
 */
final class ParquetLayout implements Layout {
  private static final Set<String> FOLDERS = Set.of("data");

  private final ObjectStore store;
  private final SourceSettings settings;
  private final Progress progress;

  ParquetLayout(ObjectStore store, SourceSettings settings, Progress progress) {
    this.store = store;
    this.settings = settings;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public Optional<String> seen() {
    Location input = settings.input();
    if (store.exists(input)) {
      return Optional.of(input.name()).filter(ParquetParts::isParquet);
    }
    List<String> names = store.list(input);
    return names.stream()
        .filter(ParquetParts::isParquet)
        .findFirst()
        .or(
            () ->
                names.stream()
                    .filter(name -> name.endsWith("/"))
                    .map(name -> name.substring(0, name.length() - 1))
                    .filter(name -> FOLDERS.contains(name) || Split.of(name).isPresent())
                    .flatMap(
                        folder ->
                            store.list(input.resolve(folder)).stream()
                                .filter(ParquetParts::isParquet))
                    .findFirst());
  }

  @Override
  public String lookedFor() {
    return "Parquet files of pictures such as train-00000-of-00294.parquet";
  }

  private Optional<SplitArchives> files(Split split) {
    return SplitArchives.find(store, settings.input(), split, ParquetParts::isParquet, FOLDERS);
  }

  @Override
  public PictureSource find() {
    SplitArchives found = files(settings.split()).orElseThrow(this::missing);
    List<String> notices = new ArrayList<>();
    if (store.exists(settings.input())) {
      notices.addAll(others(settings.input()));
    } else {
      ParquetParts.requireAll(found.archives());
    }
    List<UnpackedParquet> unpacked =
        new ParquetUnpacking(
                store, settings.unpackTo(), settings.dryRun(), progress, !settings.isTest())
            .unpacked(found.archives());
    Optional<KnownClasses> known =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL)
            .map(KnownClasses::of);
    ParquetClasses classes =
        ParquetClasses.of(
            store, settings.split(), settings.classes(), unpacked, known, this::training);
    NonPicturePart.Collected nonPictures = new NonPicturePart.Collected();
    found.beside().stream()
        .filter(name -> !FoldersLayout.isDevkit(name))
        .forEach(nonPictures::ignored);
    unpacked.forEach(file -> file.rejections().forEach(nonPictures::rejected));
    List<SourcePart> parts = new ArrayList<>(nonPictures.parts());
    unpacked.forEach(
        file -> parts.add(new LabelledTar(file.tar(), classes.wnids(), classes.leftOut())));
    notices.addAll(classes.notices());
    return new PictureSource(
        description(found.archives(), classes),
        classes.labels(),
        parts,
        classes.labelled(),
        notices);
  }

  private static String description(List<Location> files, ParquetClasses classes) {
    String first = files.get(0).name();
    return (files.size() == 1
            ? "Parquet file " + first
            : "%d Parquet files from %s to %s"
                .formatted(files.size(), first, files.get(files.size() - 1).name()))
        + classes.inWords();
  }

  /** The files of the training set beside those of another split. */
  private List<Location> training() {
    if (settings.isTrain() || store.exists(settings.input())) {
      return List.of();
    }
    try {
      return files(Split.TRAIN).map(SplitArchives::archives).orElse(List.of());
    } catch (Failure noneOfTraining) {
      return List.of();
    }
  }

  private static List<String> others(Location file) {
    int others = ParquetParts.others(file);
    return others == 0
        ? List.of()
        : List.of(
            "Warning: %s is one of %d files, and only its pictures are converted. Give the directory as --input to convert all"
                .formatted(file.name(), others + 1));
  }

  private Failure missing() {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "There is no Parquet file such as train-00000-of-00294.parquet in %s. Give the directory of the files as --input"
            .formatted(settings.input()));
  }
}
