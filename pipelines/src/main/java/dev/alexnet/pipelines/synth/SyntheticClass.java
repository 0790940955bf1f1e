package dev.alexnet.pipelines.synth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One class: what its pictures have in common.
 *
 * @param number the class's index among all classes, from 0; independent of how many classes are
 *     used
 */
record SyntheticClass(int number, Arrangement arrangement, Silhouette silhouette, Texture texture) {

  /** Real synsets are WordNet offsets, n00001740 to about n15300051; all of ours start at n9. */
  static final String ROOT_WNID = "n90000000";

  private static final long WNID_SPACE = 10_000_000;
  // Coprime to the space, so that no two classes collide, and near its golden section, so that the
  // order of wnids differs from the order of numbers, as in the real archive.
  private static final long WNID_STEP = 6_180_339;

  private static final int BLOCKS = 5;
  private static final int BLOCK_SILHOUETTES = 5;
  private static final int BLOCK_TEXTURES = 2;
  private static final List<SyntheticClass> ALL = all();

  /**
   * The first {@code count} of the thousand classes. They grow as blocks of shapes times textures
   * (5 x 2, 10 x 4, ... 25 x 10), so that a handful of classes already share both: neither the
   * shape alone nor the texture alone tells them apart.
   */
  static List<SyntheticClass> first(int count) {
    return ALL.subList(0, count);
  }

  private static List<SyntheticClass> all() {
    List<Silhouette> silhouettes = List.of(Silhouette.values());
    List<Texture> textures = List.of(Texture.values());
    List<SyntheticClass> classes = new ArrayList<>();
    for (Arrangement arrangement : Arrangement.values()) {
      for (int block = 0; block < BLOCKS; block++) {
        for (int i = 0; i < (block + 1) * BLOCK_SILHOUETTES; i++) {
          for (int j = 0; j < (block + 1) * BLOCK_TEXTURES; j++) {
            boolean inSmallerBlock = i < block * BLOCK_SILHOUETTES && j < block * BLOCK_TEXTURES;
            if (!inSmallerBlock) {
              classes.add(
                  new SyntheticClass(
                      classes.size(), arrangement, silhouettes.get(i), textures.get(j)));
            }
          }
        }
      }
    }
    return List.copyOf(classes);
  }

  /** The ILSVRC2012_ID, from 1. */
  int id() {
    return number + 1;
  }

  String wnid() {
    return String.format(Locale.ROOT, "n9%07d", id() * WNID_STEP % WNID_SPACE);
  }

  /** Such as {@code "striped ring"}. */
  String words() {
    return arrangement.prefix() + texture.adjective() + " " + silhouette.noun();
  }
}
