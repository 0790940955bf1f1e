package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.settings.SettingType;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.LabelOrder;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.classes.ClassFile;
import dev.alexnet.pipelines.classes.ClassNames;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.folder.PackedDownload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pictures of one split, found but not yet indexed: the entry point to the layouts.
 *
 * @param description a description of what was recognised, with the sizes of archives
 * @param labels the classes that the pictures may have
 * @param parts the parts that can be indexed separately; at least one
 * @param labelled whether the classes of the pictures are known
 * @param notices sentences for the user about what was found
 */
public record PictureSource(
    String description,
    Labels labels,
    List<SourcePart> parts,
    boolean labelled,
    List<String> notices) {

  public PictureSource {
    parts = List.copyOf(parts);
    notices = List.copyOf(notices);
    ClassFile.requireReadBack(labels);
    ClassNames.requireDifferent(
        labels.classes().stream().map(ClassLabel::wnid).toList(), "the pictures");
    if (parts.isEmpty()) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          description + ": there is no picture of the classes asked for with --classes");
    }
  }

  /**
   * Recognises the layout, reads the classes and finds the parts. Reads the headers of a training
   * archive and the devkit.
   *
   * @throws Failure of kind INPUT_MISSING if an archive, the devkit or every class folder is
   *     missing, BAD_DATA if they are malformed
   */
  public static PictureSource find(ObjectStore store, SourceSettings settings) {
    return find(store, settings, Progress.SILENT);
  }

  /**
   * The same, where archives may have to be unpacked first.
   *
   * @param progress hears of the bytes that are unpacked
   */
  public static PictureSource find(ObjectStore store, SourceSettings settings, Progress progress) {
    PictureSource found = layout(store, settings, progress).find();
    return settings.classOrder() == ClassOrder.TEXT ? found : found.inNumberOrder();
  }

  /**
   * The name of the layout, as {@code --layout} takes it.
   *
   * @throws Failure as {@link #find} does, if no layout fits, or more than one
   */
  public static String layoutOf(ObjectStore store, SourceSettings settings) {
    return layout(store, settings, Progress.SILENT).name();
  }

  private static Layout layout(ObjectStore store, SourceSettings settings, Progress progress) {
    List<Layout> layouts = new ArrayList<>();
    IlsvrcRelease.ALL.forEach(release -> layouts.add(new IlsvrcLayout(store, settings, release)));
    layouts.add(new KaggleLayout(store, settings));
    layouts.add(new HuggingFaceLayout(store, settings, progress));
    layouts.add(new ClassTarsLayout(store, settings));
    layouts.add(new WebDatasetLayout(store, settings, progress));
    layouts.add(new ParquetLayout(store, settings, progress));
    layouts.add(new CsvLayout(store, settings));
    layouts.add(new FoldersLayout(store, settings));
    return settings.layout() == InputLayout.AUTO
        ? recognised(store, settings.input(), layouts)
        : named(settings.layout(), layouts);
  }

  private static Layout named(InputLayout wanted, List<Layout> layouts) {
    return layouts.stream()
        .filter(layout -> layout.name().equals(SettingType.word(wanted)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No class reads the layout " + wanted));
  }

  /** A copy with the classes in the order of their numbers, if all are numbers. */
  private PictureSource inNumberOrder() {
    LabelOrder order = LabelOrder.of(labels.classes());
    if (order == LabelOrder.WNID) {
      return this;
    }
    Labels ordered = new Labels(labels.classes(), order);
    List<String> more = new ArrayList<>(notices);
    more.add(
        "All classes are numbers, so labels are in the order of the numbers: %s. --class-order text orders them letter by letter: %s"
            .formatted(first(ordered), first(labels)));
    return new PictureSource(description, ordered, parts, labelled, more);
  }

  /** A copy with more notices. */
  PictureSource with(List<String> more) {
    List<String> all = new ArrayList<>(notices);
    all.addAll(more);
    return new PictureSource(description, labels, parts, labelled, all);
  }

  private static String first(Labels labels) {
    return NameList.of(labels.classes().stream().map(ClassLabel::wnid).toList());
  }

  /**
   * Identifies the pictures, independent of their location: a hash of the names of archives, of the
   * lengths and places of class archives within them, and of the names and lengths of files in
   * folders. Does not read any picture.
   */
  public String fingerprint(ObjectStore store) {
    return fingerprint(store, SourcePart.Files.NONE);
  }

  /**
   * The same.
   *
   * @param files is told of the files that hold the pictures
   */
  public String fingerprint(ObjectStore store, SourcePart.Files files) {
    return Sha256.of(
        parts.stream()
            .map(part -> part.identity(store, files))
            .filter(identity -> !identity.isEmpty())
            .map(identity -> identity + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Whether all pictures would be in folders, and none of the folders holds one. Looks into folders
   * until it finds a picture, and into no archive.
   */
  public boolean hasOnlyEmptyFolders(ObjectStore store) {
    List<SourcePart> ofFolders =
        parts.stream()
            .filter(part -> part instanceof ClassFolder || part instanceof PictureFolder)
            .toList();
    return !ofFolders.isEmpty() && ofFolders.stream().noneMatch(part -> holdsPicture(part, store));
  }

  /** Whether all pictures can be listed without reading an object, or asking for each. */
  public boolean isListedWithoutReading() {
    return parts.stream().noneMatch(PictureSource::isReadInCloud);
  }

  private static boolean isReadInCloud(SourcePart part) {
    return part instanceof ArchiveBytes
        || (part instanceof ClassTar tar && tar.archive().isCloud())
        || (part instanceof FlatTar flat && flat.archive().isCloud())
        || (part instanceof PictureTar pictures && pictures.archive().isCloud())
        || (part instanceof WebDatasetTar samples && samples.archive().isCloud())
        || (part instanceof LabelledTar labelled && labelled.archive().isCloud())
        || (part instanceof PictureCsvPart list && list.list().isCloud());
  }

  private static boolean holdsPicture(SourcePart part, ObjectStore store) {
    boolean[] found = new boolean[1];
    part.index(
        store,
        new SourcePart.Listener() {
          @Override
          public void picture(PictureReference reference) {
            found[0] = true;
          }

          @Override
          public void read(CheckedRange range) {}

          @Override
          public void rejected(Rejection rejection) {}

          @Override
          public void ignored(String name) {}
        });
    return found[0];
  }

  /**
   * Whether a location is in a place that is searched for class folders, where a directory would be
   * taken for a class in the next run.
   */
  public boolean isAmongFolders(Location location) {
    return parts.stream()
        .anyMatch(
            part ->
                (part instanceof ClassFolder folder && folder.isBeside(location))
                    || (part instanceof PictureFolder pictures
                        && location.isWithin(pictures.folder())));
  }

  private static Layout recognised(ObjectStore store, Location input, List<Layout> layouts) {
    List<Layout> fitting = layouts.stream().filter(layout -> layout.seen().isPresent()).toList();
    if (fitting.isEmpty()) {
      throw unrecognised(store, input, layouts);
    }
    if (fitting.size() > 1) {
      throw new Failure(
          Failure.Kind.USAGE,
          input
              + " can be read in more than one way: "
              + fitting.stream()
                  .map(layout -> "as " + layout.name() + ", because of " + layout.seen().get())
                  .collect(Collectors.joining("; "))
              + ". Choose one with --layout.");
    }
    return fitting.get(0);
  }

  private static Failure unrecognised(ObjectStore store, Location input, List<Layout> layouts) {
    if (store.exists(input)) {
      return new Failure(
          Failure.Kind.USAGE,
          "Neither the name of %s nor a devkit beside it shows what it is. %s"
              .formatted(
                  input,
                  // A plain tar is more often of a layout with an unusual name.
                  Optional.of(input)
                      .filter(file -> !file.name().endsWith(".tar"))
                      .flatMap(file -> PackedDownload.advice(List.of(file)))
                      .orElse("Give its layout with --layout.")));
    }
    List<String> names = store.list(input);
    if (names.isEmpty() && !store.isDirectory(input)) {
      return new Failure(
          Failure.Kind.INPUT_MISSING, input + " does not exist; check where the pictures are");
    }
    String seen =
        names.isEmpty()
            ? "it is empty"
            : "it holds " + String.join(", ", names.stream().limit(5).toList());
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        "No pictures were found at %s: %s%s. %s"
            .formatted(
                input,
                seen,
                names.size() > 5 ? " and " + (names.size() - 5) + " more" : "",
                PackedDownload.advice(
                        names.stream()
                            .filter(name -> !name.endsWith("/"))
                            .map(input::resolve)
                            .toList())
                    .orElseGet(
                        () ->
                            "Looked for "
                                + layouts.stream()
                                    .map(Layout::lookedFor)
                                    .collect(Collectors.joining(", or "))
                                + ".")));
  }
}
