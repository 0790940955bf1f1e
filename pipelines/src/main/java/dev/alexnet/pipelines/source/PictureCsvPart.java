package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.reading.ReadAhead;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.PlainNumber;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.list.PictureCsv;
import dev.alexnet.pipelines.list.PictureCsvPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A range of rows in a list of pictures.
 *
 * @param list the list's file
 * @param first the first row, from 0, not counting the heading
 * @param count the number of rows
 * @param wnidOfNumber the class of each number, if the list uses numbers; empty if it uses names or
 *     has no classes
 * @param leftOut the classes whose pictures are left out
 * @param repeated the rows, from 0, whose picture is already in an earlier line, with that line
 */
record PictureCsvPart(
    Location list,
    long first,
    long count,
    SortedMap<Integer, String> wnidOfNumber,
    List<String> leftOut,
    SortedMap<Long, Long> repeated)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  /** In flight at once, for pictures on an object store. */
  private static final int LOOKUPS = 32;

  PictureCsvPart {
    wnidOfNumber = Collections.unmodifiableSortedMap(new TreeMap<>(wnidOfNumber));
    leftOut = List.copyOf(leftOut);
    repeated = Collections.unmodifiableSortedMap(new TreeMap<>(repeated));
  }

  /** A row and its meaning. */
  private record Picture(long row, long line, String id, Location file, String wnid) {}

  /** Leaves out lengths in the cloud, where each would cost a request. */
  @Override
  public String identity(ObjectStore store, Files files) {
    StringBuilder identity = new StringBuilder();
    pictures(
        store,
        picture -> {
          identity.append(picture.id).append('\t').append(picture.wnid);
          if (!picture.file.isCloud()) {
            store
                .find(picture.file)
                .ifPresent(
                    entry -> {
                      identity.append('\t').append(entry.size());
                      files.picture(picture.id, picture.file, entry);
                    });
          }
          identity.append('\n');
        });
    return Sha256.of(identity.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    List<Picture> pictures = new ArrayList<>();
    pictures(store, pictures::add);
    try (ReadAhead<Picture, Optional<ObjectEntry>> entries =
        new ReadAhead<>(
            pictures.stream().filter(picture -> picture.file.isCloud()).iterator(),
            picture -> 0,
            picture -> store.find(picture.file),
            new ReadAhead.Limit(LOOKUPS, 0))) {
      for (Picture picture : pictures) {
        index(
            picture, picture.file.isCloud() ? entries.next() : store.find(picture.file), listener);
      }
    }
  }

  private void index(Picture picture, Optional<ObjectEntry> entry, Listener listener) {
    String where = "line " + picture.line + " names it";
    if (repeated.containsKey(picture.row)) {
      String before = ", as line " + repeated.get(picture.row) + " does";
      listener.rejected(rejection(picture, "DUPLICATE", where + before));
    } else if (entry.isEmpty()) {
      String missing = ", but there is no file " + picture.file;
      listener.rejected(rejection(picture, "MISSING_FILE", where + missing));
    } else {
      listener.picture(PictureReference.of(picture.file, entry.get(), picture.id, picture.wnid));
    }
  }

  private Rejection rejection(Picture picture, String reason, String message) {
    return new Rejection(picture.id, list.value(), 0, reason, message);
  }

  private void pictures(ObjectStore store, Consumer<Picture> pictures) {
    PictureCsv.open(store, list)
        .read(
            store,
            new PictureCsv.Reading() {
              private long index;

              @Override
              public boolean row(PictureCsv.Row row) {
                if (index >= first) {
                  String wnid =
                      wnidOfNumber.isEmpty()
                          ? row.label()
                          : wnidOfNumber.get(PlainNumber.whole(row.label()).orElseThrow());
                  if (!leftOut.contains(wnid)) {
                    PictureCsvPath path = PictureCsvPath.of(list, row.path());
                    pictures.accept(new Picture(index, row.line(), path.id(), path.file(), wnid));
                  }
                }
                index++;
                return index < first + count;
              }

              @Override
              public void problem(String problem) {
                throw new Failure(
                    Failure.Kind.BAD_DATA,
                    list + " changed since the start of the run: " + problem);
              }
            });
  }
}
