package dev.alexnet.pipelines.folder;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The splits of a set of pictures, with the usual names of their folders and lists. */
public enum Split {
  TRAIN("train", "train training trn tr"),
  VALIDATION("validation", "val valid validation dev validate vali vld eval evaluation"),
  TEST("test", "test testing tst te");

  // For example train_images, training-set, valData, test2017, and ILSVRC2012_img_train, which is
  // an archive of ILSVRC unpacked.
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "(?:ilsvrc\\d{4}_(?:img|images)_)?([a-z]+?)["
              + " _.-]*(set|split|data|dataset|images|imgs|pictures)?[ _.-]*\\d{0,4}");

  private static final Set<String> ALSO_WORDS = Set.of("train", "tr", "te");

  private final String title;
  private final String words;

  Split(String title, String words) {
    this.title = title;
    this.words = words;
  }

  /**
   * The split that a folder or a list is named after.
   *
   * @param name the name without an extension, in upper or lower case
   */
  public static Optional<Split> of(String name) {
    return Stream.of(values()).filter(split -> split.words().contains(word(name))).findFirst();
  }

  /** Whether the name may also be a class: a vehicle, or a language code. */
  static boolean isAlsoAWord(String name) {
    return ALSO_WORDS.contains(word(name));
  }

  private static String word(String name) {
    Matcher qualified = QUALIFIED.matcher(name.toLowerCase(Locale.ROOT));
    return qualified.matches() ? qualified.group(1) : "";
  }

  public String title() {
    return title;
  }

  /** Its usual names, the most usual first. */
  List<String> words() {
    return List.of(words.split(" "));
  }
}
