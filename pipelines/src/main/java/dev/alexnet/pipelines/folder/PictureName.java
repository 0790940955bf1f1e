package dev.alexnet.pipelines.folder;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.SystemName;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.image.PictureHeader;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a file's name tells. This is only a first check; the content decides later. */
public final class PictureName {
  public static final Pattern WNID = Pattern.compile("n\\d{8}");

  private static final int FIRST_BYTES = 16;

  private PictureName() {}

  public static boolean isPicture(String name) {
    return PictureExtension.isAt(name);
  }

  /**
   * Whether a file with another name is a picture by its first bytes, which are read.
   *
   * @param entry of the file
   */
  public static boolean isPictureByContent(ObjectStore store, Location file, ObjectEntry entry) {
    int length = (int) Math.min(FIRST_BYTES, entry.size());
    return length > 0
        && PictureHeader.isOfPicture(store.readRange(file, entry.generation(), 0, length));
  }

  /**
   * Whether an operating system put it there for itself: {@code .DS_Store}, {@code lost+found/}.
   */
  public static boolean isHidden(String name) {
    return SystemName.isOne(name);
  }

  /**
   * The id of a picture of a class, because pictures of other classes may have the same file name.
   * Only ImageNet's own names give their class; {@code a_b_1.jpg} may belong to {@code a} or to
   * {@code a_b}.
   */
  public static String id(String wnid, String name) {
    boolean official = WNID.matcher(wnid).matches() && name.startsWith(wnid + "_");
    return official ? name : wnid + "/" + name;
  }

  /** A name that is listed, but cannot be read as a file or a folder. */
  public static Rejection noFile(String name, Location source) {
    return new Rejection(name, source.value(), 0, "NOT_A_FILE", "it is a broken link or a device");
  }

  public static Rejection unexpected(String name, Location source, long offset, String expected) {
    return new Rejection(
        name, source.value(), offset, "UNEXPECTED_NAME", "its name is not that of " + expected);
  }

  /** Why a picture of a class is of another class by its name; empty if it may be of this class. */
  public static Optional<Rejection> contradiction(
      String wnid, String name, Location source, long offset) {
    Set<String> named = WNID.matcher(wnid).matches() ? WnidInName.of(name) : Set.of();
    return named.isEmpty() || named.equals(Set.of(wnid))
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                name,
                source.value(),
                offset,
                "UNKNOWN_CLASS",
                "it is among the pictures of %s, but its name says %s"
                    .formatted(wnid, String.join(" and ", named))));
  }
}
