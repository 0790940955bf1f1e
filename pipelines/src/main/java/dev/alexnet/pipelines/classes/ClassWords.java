package dev.alexnet.pipelines.classes;

import java.util.Locale;
import java.util.Set;

/**
 * The usual names of the columns of a class file, in lower case and without separators between
 * words.
 */
final class ClassWords {
  static final Set<String> NUMBER =
      Set.of(
          "index",
          "idx",
          "number",
          "classindex",
          "classidx",
          "labelindex",
          "classnumber",
          "classnum",
          "classno");

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
          "targets",
          "key",
          "value");

  static final Set<String> WNID =
      Set.of("wnid", "wnids", "synset", "synsets", "synsetid", "wordnetid", "imagenetid");

  /**
   * The class if no column has a word of {@link #WNID}, otherwise possibly its name. If such a
   * column holds numbers and another column holds the class, it is the class number.
   */
  static final Set<String> CLASS =
      Set.of("class", "classes", "category", "categories", "species", "breed", "breeds");

  /** The class, as with {@link #CLASS}, even if its name is a number. */
  static final Set<String> FOLDER = Set.of("folder", "folders", "foldername", "directory");

  static final Set<String> NAME =
      Set.of(
          "name",
          "names",
          "classname",
          "classnames",
          "labelname",
          "categoryname",
          "displayname",
          "commonname",
          "englishname",
          "words");

  /** The name if no column has a word of {@link #NAME}. */
  static final Set<String> TEXT = Set.of("text", "description", "title", "english", "lemmas");

  /** Words that cannot be the name of a class. */
  static final Set<String> UNMISTAKABLE =
      Set.of("wnid", "wnids", "synsetid", "wordnetid", "classid", "classname", "classindex");

  /** The number of pictures of a class, which is not the class number. */
  static final Set<String> COUNT =
      Set.of("count", "counts", "images", "numimages", "pictures", "samples", "frequency", "total");

  private ClassWords() {}

  static String of(String cell) {
    return cell.toLowerCase(Locale.ROOT).replaceAll("[\\s_#.:%\"'-]", "");
  }

  static boolean mayBeNumber(String word) {
    return NUMBER.contains(word) || NUMBER_OR_WNID.contains(word);
  }

  /** Whether a column with this word holds the class or its name, even if these are numbers. */
  static boolean isClass(String word) {
    return WNID.contains(word)
        || FOLDER.contains(word)
        || NAME.contains(word)
        || TEXT.contains(word);
  }

  static boolean isColumnName(String word) {
    return mayBeNumber(word) || CLASS.contains(word) || isClass(word);
  }
}
