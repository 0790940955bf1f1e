package dev.alexnet.pipelines.parquet;

import dev.alexnet.pipelines.folder.WnidInName;
import dev.alexnet.pipelines.parquet.UnpackedParquet.LabelContents;
import dev.alexnet.pipelines.parquet.UnpackedParquet.RowWithoutBytes;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.parquet.io.api.Binary;

/** Writes the rows of a Parquet file to a tar; equal rows give equal bytes. */
final class PictureTarWriter implements Closeable {
  private final TarArchiveOutputStream tar;
  private final String stem;
  private final SortedMap<String, Long> pictures = new TreeMap<>();
  private final SortedMap<String, Set<String>> wnids = new TreeMap<>();
  private final List<RowWithoutBytes> withoutBytes = new ArrayList<>();

  /**
   * @param stem the file's name without an extension
   */
  PictureTarWriter(OutputStream stream, String stem) {
    this.tar = new TarArchiveOutputStream(stream, StandardCharsets.UTF_8.name());
    this.stem = stem;
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  void add(long row, Binary bytes, String path, Long label) throws IOException {
    if (bytes == null) {
      withoutBytes.add(new RowWithoutBytes(row, path));
      return;
    }
    String folder = label == null ? UnpackedParquet.NO_LABEL : label.toString();
    pictures.merge(folder, 1L, Long::sum);
    Set<String> ofLabel = wnids.computeIfAbsent(folder, unused -> new TreeSet<>());
    if (path != null) {
      ofLabel.addAll(WnidInName.of(path));
    }
    TarArchiveEntry entry = new TarArchiveEntry(folder + "/" + PictureId.of(stem, row, path), true);
    entry.setSize(bytes.length());
    entry.setModTime(0);
    tar.putArchiveEntry(entry);
    bytes.writeTo(tar);
    tar.closeArchiveEntry();
  }

  void finish() throws IOException {
    tar.finish();
    tar.flush();
  }

  SortedMap<String, LabelContents> labels() {
    SortedMap<String, LabelContents> labels = new TreeMap<>();
    pictures.forEach(
        (label, count) ->
            labels.put(label, new LabelContents(count, List.copyOf(wnids.get(label)))));
    return labels;
  }

  List<RowWithoutBytes> withoutBytes() {
    return List.copyOf(withoutBytes);
  }

  /** Writes nothing more if the rows could not be read to their end. */
  @Override
  public void close() {
    // The stream belongs to the object that is written, which is closed after this.
  }
}
