package dev.alexnet.pipelines.classes;

import java.util.Locale;
import java.util.Set;

/** What people call the columns of a file of classes, in small letters without what joins words. */
final class ClassWords {
  static final Set<String> NUMBER =
      Set.of("index", "idx", "number", "classindex", "classidx", "labelindex", "classnumber");

  static final Set<String> NUMBER_OR_WNID =
      Set.of(
          "label",
          "labels",
          "id",
          "ids",
          "classid",
          "labelid",
          "classlabel",
          "categoryid",
          "target",
          "targets");

  static final Set<String> WNID =
      Set.of("wnid", "wnids", "synset", "synsets", "synsetid", "wordnetid", "imagenetid");

  /** The class, if no column has a word of {@link #WNID}; else perhaps its name. */
  static final Set<String> CLASS = Set.of("class", "classes", "category", "folder");

  static final Set<String> NAME =
      Set.of("name", "names", "classname", "classnames", "labelname", "categoryname", "words");

  /** The name, if no column has a word of {@link #NAME}. */
  static final Set<String> TEXT = Set.of("text", "description", "title", "english", "lemmas");

  /** Words that are not the name of a class. */
  static final Set<String> UNMISTAKABLE =
      Set.of("wnid", "wnids", "synsetid", "wordnetid", "classid", "classname", "classindex");

  private ClassWords() {}

  static String of(String cell) {
    return cell.toLowerCase(Locale.ROOT).replaceAll("[\\s_#.-]", "");
  }

  static boolean mayBeNumber(String word) {
    return NUMBER.contains(word) || NUMBER_OR_WNID.contains(word);
  }

  static boolean isOne(String word) {
    return mayBeNumber(word)
        || WNID.contains(word)
        || CLASS.contains(word)
        || NAME.contains(word)
        || TEXT.contains(word);
  }
}
