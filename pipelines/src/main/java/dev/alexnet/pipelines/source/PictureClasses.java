package dev.alexnet.pipelines.source;

import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.folder.Annotations;
import dev.alexnet.pipelines.folder.WnidInName;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What gives the class of each picture among pictures of all classes. */
sealed interface PictureClasses extends Serializable {

  /** Reads what is needed to find the class of each picture. */
  Lookup open(ObjectStore store);

  /** Identifies the classes, beyond what the names of the pictures tell. */
  String identity(ObjectStore store);

  /**
   * The class of a picture.
   *
   * @param wnid empty if the classes of these pictures are not known; null if this picture's is not
   * @param problem why it is not
   */
  record Finding(String wnid, String problem) {
    static Finding of(String wnid) {
      return new Finding(wnid, null);
    }

    static Finding none(String problem) {
      return new Finding(null, problem);
    }
  }

  /** Finds classes by the names of pictures, without folders. */
  interface Lookup {
    Finding of(String name);

    /** The names that have a class, but were not asked for. */
    default Set<String> unused() {
      return Set.of();
    }
  }

  /** Nothing does. */
  record Unknown() implements PictureClasses {
    private static final long serialVersionUID = 1L;

    @Override
    public Lookup open(ObjectStore store) {
      return name -> Finding.of("");
    }

    @Override
    public String identity(ObjectStore store) {
      return "";
    }
  }

  /** The wnid in its name. */
  record InName() implements PictureClasses {
    private static final long serialVersionUID = 1L;

    @Override
    public Lookup open(ObjectStore store) {
      return InName::of;
    }

    @Override
    public String identity(ObjectStore store) {
      return "";
    }

    static Finding of(String name) {
      Set<String> wnids = WnidInName.of(name);
      return switch (wnids.size()) {
        case 0 -> Finding.none("its name has no wnid, such as n01440764");
        case 1 -> Finding.of(wnids.iterator().next());
        default -> Finding.none("its name has more than one wnid: " + String.join(" and ", wnids));
      };
    }
  }

  /** A file of annotations. */
  record Annotated(Location file) implements PictureClasses {
    private static final long serialVersionUID = 1L;

    @Override
    public Lookup open(ObjectStore store) {
      SortedMap<String, String> left = new TreeMap<>(Annotations.read(store, file));
      return new Lookup() {
        @Override
        public Finding of(String name) {
          String wnid = left.remove(name);
          return wnid == null ? Finding.none("it has no line in " + file) : Finding.of(wnid);
        }

        @Override
        public Set<String> unused() {
          return left.keySet();
        }
      };
    }

    @Override
    public String identity(ObjectStore store) {
      return Sha256.of(store.readAll(file));
    }
  }

  /**
   * A list by the number in its name.
   *
   * @param prefix what the names start with, up to the number
   * @param wnids by number less 1
   */
  record Numbered(String prefix, List<String> wnids) implements PictureClasses {
    private static final long serialVersionUID = 1L;

    public Numbered {
      wnids = List.copyOf(wnids);
    }

    @Override
    public Lookup open(ObjectStore store) {
      Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "(\\d{8})\\.JPEG");
      return name -> {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
          return Finding.none("its name is not like " + prefix + "00000001.JPEG");
        }
        int number = Integer.parseInt(matcher.group(1));
        return number >= 1 && number <= wnids.size()
            ? Finding.of(wnids.get(number - 1))
            : Finding.none("the ground truth has the numbers 1 to " + wnids.size());
      };
    }

    @Override
    public String identity(ObjectStore store) {
      return prefix + wnids;
    }
  }
}
