package dev.alexnet.pipelines.source;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.devkit.Devkit;
import dev.alexnet.pipelines.devkit.IlsvrcRelease;
import dev.alexnet.pipelines.devkit.KnownClasses;
import dev.alexnet.pipelines.folder.KaggleFiles;
import dev.alexnet.pipelines.folder.PictureFolders;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.folder.Split;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pictures as files in folders: a folder for each class, such folders for each split, or a folder
 * of pictures with a file of their classes. {@link PictureFolders} decides which.
 */
final class FoldersLayout implements Layout {
  private final ObjectStore store;
  private final SourceSettings settings;
  private final Split split;

  FoldersLayout(ObjectStore store, SourceSettings settings) {
    this.store = store;
    this.settings = settings;
    this.split = settings.split();
  }

  @Override
  public String name() {
    return "folders";
  }

  /**
   * If there are also archives or lists that can be read, folders count only if their classes are
   * certain: folders named after wnids, folders of the split, and several folders with pictures.
   */
  @Override
  public Optional<String> seen() {
    Location input = settings.input();
    if (KaggleFiles.find(store, input).isPresent()) {
      return Optional.empty();
    }
    boolean others =
        Stream.of(
                    new CsvLayout(store, settings),
                    new ClassTarsLayout(store, settings),
                    new HuggingFaceLayout(store, settings, Progress.SILENT),
                    new WebDatasetLayout(store, settings, Progress.SILENT),
                    new ParquetLayout(store, settings, Progress.SILENT))
                .anyMatch(layout -> layout.seen().isPresent())
            || store.list(input).stream()
                .anyMatch(
                    name -> IlsvrcRelease.ALL.stream().anyMatch(year -> year.isArchive(name)));
    boolean all = !others || PictureFolders.fits(store, input, split, FoldersLayout::isDevkit);
    return PictureFolders.candidates(store, input, FoldersLayout::isDevkit).stream()
        .filter(name -> all || PictureName.WNID.matcher(name).matches())
        .findFirst();
  }

  @Override
  public String lookedFor() {
    return "a folder for each class with its pictures";
  }

  static boolean isDevkit(String name) {
    return IlsvrcRelease.ALL.stream().anyMatch(year -> year.isDevkit(name));
  }

  @Override
  public PictureSource find() {
    PictureFolders folders =
        PictureFolders.find(store, settings.input(), split, FoldersLayout::isDevkit);
    Optional<Devkit> devkit =
        Devkit.find(store, settings.devkit(), settings.input(), IlsvrcRelease.ALL);
    return new FolderSource(
            store, settings, folders, devkit, devkit.map(KnownClasses::of), Optional.empty())
        .source();
  }
}
