package dev.alexnet.pipelines.tar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A sample of a WebDataset archive: neighbouring files with the same key, which is the name up to
 * its first dot.
 *
 * @param key with the folder that it is in
 * @param files its files
 * @param label what its {@code .cls} file says, without surrounding spaces; empty without one
 */
public record WebDatasetSample(String key, List<TarMember> files, Optional<String> label) {
  private static final String LABEL = ".cls";

  public WebDatasetSample {
    files = List.copyOf(files);
  }

  /** Whether a file holds the class of its sample. */
  public static boolean isLabel(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(LABEL);
  }

  /**
   * The samples of an archive in its order.
   *
   * @param listing with the contents of the files that hold classes
   */
  public static List<WebDatasetSample> of(TarListing listing) {
    List<WebDatasetSample> samples = new ArrayList<>();
    List<TarMember> files = new ArrayList<>();
    for (TarMember member : listing.members()) {
      if (!files.isEmpty() && !key(files.get(0)).equals(key(member))) {
        samples.add(sample(files, listing.contents()));
        files.clear();
      }
      files.add(member);
    }
    if (!files.isEmpty()) {
      samples.add(sample(files, listing.contents()));
    }
    return samples;
  }

  private static WebDatasetSample sample(List<TarMember> files, Map<Long, byte[]> contents) {
    Optional<String> label =
        files.stream()
            .filter(file -> isLabel(file.path()))
            .map(file -> contents.getOrDefault(file.offset(), new byte[0]))
            .map(content -> new String(content, StandardCharsets.UTF_8).strip())
            .filter(text -> !text.isEmpty())
            .findFirst();
    return new WebDatasetSample(key(files.get(0)), files, label);
  }

  private static String key(TarMember member) {
    String path = member.path();
    int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
    return dot < 0 ? path : path.substring(0, dot);
  }

  /** What follows the key and its dot in a file's name, in lower case. */
  public String extension(TarMember file) {
    return file.path().length() == key.length()
        ? ""
        : file.path().substring(key.length() + 1).toLowerCase(Locale.ROOT);
  }
}
