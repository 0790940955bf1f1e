package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.pipelines.folder.PictureName;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one archive of a validation or test set: pictures without folders or in one folder, with
 * names numbered from 1.
 *
 * @param prefix what the pictures' names start with, up to the number
 * @param wnids the class of each picture by its number less 1, {@link #LEFT_OUT} for pictures to
 *     leave out; empty if no class is known
 * @param patch the pictures that replace pictures of the archive
 */
record FlatTar(Location archive, String prefix, List<String> wnids, Patch patch)
    implements SourcePart {
  private static final long serialVersionUID = 1L;

  static final String LEFT_OUT = "";

  FlatTar {
    wnids = List.copyOf(wnids);
  }

  @Override
  public String identity(ObjectStore store, Files files) {
    patch.tell(store, files);
    return String.join(
        "\t",
        archive.name(),
        files.sizeOfArchive(store, archive) + "",
        prefix,
        wnids + "",
        patch.identity());
  }

  @Override
  public void index(ObjectStore store, Listener listener) {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "(\\d{8})\\.JPEG");
    BitSet seen = new BitSet();
    int pictures = 0;
    int others = 0;
    List<TarMember> members =
        TarDirectory.of(store, archive)
            .list(store, listener::rejected, listener::ignored)
            .members();
    for (TarMember member : patch.over(members, listener::rejected)) {
      Matcher name = pattern.matcher(member.name());
      if (!name.matches()) {
        others += PictureName.isPicture(member.name()) ? 1 : 0;
        listener.rejected(
            PictureName.unexpected(
                member.path(), archive, member.offset(), prefix + "00000001.JPEG"));
        continue;
      }
      int number = Integer.parseInt(name.group(1));
      seen.set(number);
      pictures++;
      emit(member, number, listener);
    }
    if (pictures == 0 && others > 0) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s holds %s, but none has a name such as %s00000001.JPEG, so the ground truth does not say what is in them. Check --split, and that this is the archive as it was published."
              .formatted(archive, Quantity.of(others, "picture"), prefix));
    }
    checkNumbers(pictures, seen);
  }

  private void emit(TarMember member, int number, Listener listener) {
    if (wnids.isEmpty()) {
      listener.picture(PictureReference.of(member, member.name(), ""));
    } else if (number >= 1 && number <= wnids.size()) {
      String wnid = wnids.get(number - 1);
      if (!wnid.equals(LEFT_OUT)) {
        listener.picture(PictureReference.of(member, member.name(), wnid));
      }
    }
  }

  private void checkNumbers(int pictures, BitSet seen) {
    boolean labelled = !wnids.isEmpty();
    int first = seen.nextSetBit(0);
    boolean complete = seen.cardinality() == pictures && first == 1;
    if (labelled && (pictures != wnids.size() || !complete || seen.length() != pictures + 1)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          archive
              + " holds "
              + pictures
              + " pictures"
              + (pictures == 0 ? "" : ", numbered " + first + " to " + (seen.length() - 1))
              + ", but the ground truth has "
              + wnids.size()
              + " lines, one for each number from 1. Check --split, and use the complete archive"
              + " and devkit of the same release.");
    }
  }
}
