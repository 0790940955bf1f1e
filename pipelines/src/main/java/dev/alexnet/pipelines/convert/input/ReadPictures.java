package dev.alexnet.pipelines.convert.input;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Pictures as they were when they were read, with the archives that they were in.
 *
 * @param archives the stamp of each archive by its name; 0 if it changed meanwhile
 */
public record ReadPictures(SortedMap<String, Long> archives, List<ReadPicture> pictures) {
  public static final ReadPictures NONE = new ReadPictures(new TreeMap<>(), List.of());

  public ReadPictures {
    archives = Collections.unmodifiableSortedMap(new TreeMap<>(archives));
    pictures = List.copyOf(pictures);
  }

  /** Collects them. */
  public static final class Builder {
    private final SortedMap<String, Long> archives = new TreeMap<>();
    private final List<ReadPicture> pictures = new ArrayList<>();

    public void picture(ReadPicture picture) {
      pictures.add(picture);
    }

    public void archive(String name, long stamp) {
      archives.merge(name, stamp, (before, now) -> before.equals(now) ? now : 0);
    }

    public ReadPictures build() {
      return new ReadPictures(archives, pictures);
    }
  }
}
