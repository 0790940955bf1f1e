package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.list.PictureCsv;
import dev.alexnet.pipelines.list.PictureCsvScan;
import dev.alexnet.pipelines.selection.ClassSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A list of pictures as CSV or TSV, with the path of each and its class. */
final class CsvLayout implements Layout {
  // A worker reads the list up to its own rows, and checks that every file in them exists.
  private static final int ROWS_OF_A_PART = 10_000;

  private final ObjectStore store;
  private final SourceSettings settings;

  CsvLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public Optional<String> seen() {
    if (store.exists(settings.input())) {
      return Optional.of(settings.input().name()).filter(PictureCsv::isList);
    }
    return lists().stream().findFirst();
  }

  @Override
  public String lookedFor() {
    return String.join(" or ", names()) + " with the path and the class of each picture";
  }

  private List<String> names() {
    return Stream.of(settings.split().title(), IlsvrcRelease.shortName(settings.split()))
        .distinct()
        .flatMap(name -> Stream.of(name + ".csv", name + ".tsv"))
        .toList();
  }

  /** The lists in the directory that are named after the split. */
  private List<String> lists() {
    Optional<Split> split = Optional.of(settings.split());
    return store.list(settings.input()).stream()
        .filter(PictureCsv::isList)
        .filter(name -> Split.of(name.substring(0, name.lastIndexOf('.'))).equals(split))
        .toList();
  }

  private Location file() {
    if (store.exists(settings.input())) {
      return settings.input();
    }
    List<String> there = lists();
    if (there.size() == 1) {
      return settings.input().resolve(there.get(0));
    }
    throw there.isEmpty()
        ? new Failure(
            Failure.Kind.INPUT_MISSING,
            "There is no "
                + String.join(" or ", names())
                + " in "
                + settings.input()
                + "; give the list itself as --input")
        : new Failure(
            Failure.Kind.USAGE,
            "There are "
                + String.join(" and ", there)
                + " in "
                + settings.input()
                + "; give the one that you mean as --input");
  }

  @Override
  public PictureSource find() {
    Location file = file();
    PictureCsv list = PictureCsv.open(store, file);
    Optional<Devkit> devkit =
        Devkit.find(store, settings.devkit(), file.parent(), IlsvrcRelease.ALL);
    if (!list.columns().hasClasses()) {
      return unlabelled(list, devkit);
    }
    PictureCsvScan scan = PictureCsvScan.of(store, list, classFile());
    List<String> present = List.copyOf(scan.present());
    ClassSelection selection =
        ClassSelection.of(store, settings.classes(), devkit.map(KnownClasses::of), present);
    List<String> leftOut = present.stream().filter(selection::leavesOut).toList();
    if (leftOut.size() == present.size()) {
      throw noneNamed(scan, selection);
    }
    return new PictureSource(
        scan.description(),
        selection.labels(),
        parts(scan, leftOut),
        true,
        selection.notices(present));
  }

  private static Failure noneNamed(PictureCsvScan scan, ClassSelection selection) {
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "%s, %s: the class '%s' is not in %s, nor is any other class of the list; %4$s starts with the class '%5$s'."
                .formatted(
                    scan.list().file(),
                    PictureCsv.at(scan.firstLine(), scan.list().columns().label()),
                    scan.firstClass(),
                    selection.file(),
                    selection.labels().classes().get(0).wnid())
            + " Name the classes there as in the list: one name per line, followed by nothing but"
            + " a tab and words");
  }

  private Optional<ClassFile> classFile() {
    return settings.namesClassFile()
        ? Optional.of(ClassFile.read(store, new Location(settings.classes())))
        : Optional.empty();
  }

  private PictureSource unlabelled(PictureCsv list, Optional<Devkit> devkit) {
    if (!settings.isTest()) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          list.file()
              + " has paths but no classes, which only --split test accepts. Write the class after"
              + " the path, such as images/1.jpg,n01440764");
    }
    Labels known = devkit.map(Devkit::labels).orElse(null);
    List<ClassLabel> classes = new ArrayList<>();
    classFile().ifPresent(file -> classes.addAll(file.labels(known).classes()));
    if (classes.isEmpty() && known == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          list.file()
              + " has paths but no classes; give the classes with --devkit, or with --classes and"
              + " a file such as the labels.txt of the training set");
    }
    PictureCsvScan scan = PictureCsvScan.of(store, list, Optional.empty());
    return new PictureSource(
        scan.description(),
        classes.isEmpty() ? known : new Labels(classes),
        parts(scan, List.of()),
        false,
        List.of());
  }

  private static List<SourcePart> parts(PictureCsvScan scan, List<String> leftOut) {
    List<SourcePart> parts = new ArrayList<>();
    for (long first = 0; first < scan.rows(); first += ROWS_OF_A_PART) {
      long count = Math.min(ROWS_OF_A_PART, scan.rows() - first);
      parts.add(
          new PictureCsvPart(
              scan.list().file(),
              first,
              count,
              scan.wnidOfNumber(),
              leftOut,
              scan.repeated().subMap(first, first + count)));
    }
    return parts;
  }
}
