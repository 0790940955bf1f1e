package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Rejection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the name of a file says. Only a first look: the content decides. */
final class PictureName {
  private static final Set<String> EXTENSIONS = Set.of("jpeg", "jpg", "png");

  static final Pattern WNID = Pattern.compile("n\\d{8}");

  private PictureName() {}

  static boolean isPicture(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }

  /** Whether a file system put it there for itself: {@code .DS_Store}, {@code ._n01440764_1}. */
  static boolean isHidden(String name) {
    return name.startsWith(".");
  }

  /**
   * The id of a picture of a class: pictures of other classes may have the same file name. Only
   * ImageNet's own names say their class; {@code a_b_1.jpg} may be of {@code a} or of {@code a_b}.
   */
  static String id(String wnid, String name) {
    boolean official = WNID.matcher(wnid).matches() && name.startsWith(wnid + "_");
    return official ? name : wnid + "/" + name;
  }

  /** Something that is listed, but can be read neither as a file nor as a folder. */
  static Rejection noFile(String name, Location source) {
    return new Rejection(
        name, source.value(), 0, "NOT_A_FILE", "it is a link that leads nowhere, or a device");
  }

  static Rejection unexpected(String name, Location source, long offset, String expected) {
    return new Rejection(
        name, source.value(), offset, "UNEXPECTED_NAME", "its name is not that of " + expected);
  }
}
