package dev.alexnet.pipelines.source;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.tar.TarMember;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.SortedMapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes parts for Beam: their kind, then their fields. */
public final class SourcePartCoder extends CustomCoder<SourcePart> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();
  private static final VarIntCoder KIND = VarIntCoder.of();
  private static final ListCoder<String> TEXTS = ListCoder.of(TEXT);

  private static final SortedMapCoder<Integer, String> CLASSES = SortedMapCoder.of(KIND, TEXT);

  private static final SortedMapCoder<String, String> WNIDS = SortedMapCoder.of(TEXT, TEXT);

  private static final SortedMapCoder<Long, Long> LINES = SortedMapCoder.of(NUMBER, NUMBER);

  private static final int CLASS_TAR = 1;
  private static final int FLAT_TAR = 2;
  private static final int CLASS_FOLDER = 3;
  private static final int REJECTED = 4;
  private static final int LISTED_PICTURES = 5;
  private static final int IGNORED = 6;
  private static final int PICTURE_FOLDER = 7;
  private static final int ARCHIVE_BYTES = 8;
  private static final int PICTURE_TAR = 9;
  private static final int WEBDATASET_TAR = 10;
  private static final int LABELLED_TAR = 11;

  private static final int UNKNOWN = 1;
  private static final int IN_NAME = 2;
  private static final int ANNOTATED = 3;
  private static final int NUMBERED = 4;

  @Override
  public void encode(SourcePart part, OutputStream stream) throws IOException {
    if (part instanceof ClassTar tar) {
      KIND.encode(CLASS_TAR, stream);
      TEXT.encode(tar.archive().value(), stream);
      NUMBER.encode(tar.offset(), stream);
      NUMBER.encode(tar.length(), stream);
      TEXT.encode(tar.wnid(), stream);
      encode(tar.patch(), stream);
      NUMBER.encode(tar.generation(), stream);
    } else if (part instanceof ArchiveBytes bytes) {
      KIND.encode(ARCHIVE_BYTES, stream);
      TEXT.encode(bytes.range().object().value(), stream);
      NUMBER.encode(bytes.range().generation(), stream);
      NUMBER.encode(bytes.range().offset(), stream);
      NUMBER.encode(bytes.range().length(), stream);
      NUMBER.encode(bytes.range().crc32c(), stream);
    } else if (part instanceof FlatTar tar) {
      KIND.encode(FLAT_TAR, stream);
      TEXT.encode(tar.archive().value(), stream);
      TEXT.encode(tar.prefix(), stream);
      TEXTS.encode(tar.wnids(), stream);
      encode(tar.patch(), stream);
    } else if (part instanceof ClassFolder folder) {
      KIND.encode(CLASS_FOLDER, stream);
      TEXT.encode(folder.folder().value(), stream);
      TEXT.encode(folder.wnid(), stream);
    } else if (part instanceof PictureFolder folder) {
      KIND.encode(PICTURE_FOLDER, stream);
      TEXT.encode(folder.folder().value(), stream);
      encode(folder.classes(), stream);
      TEXTS.encode(folder.leftOut(), stream);
    } else if (part instanceof PictureTar tar) {
      KIND.encode(PICTURE_TAR, stream);
      TEXT.encode(tar.archive().value(), stream);
      encode(tar.classes(), stream);
      TEXTS.encode(tar.leftOut(), stream);
    } else if (part instanceof WebDatasetTar tar) {
      KIND.encode(WEBDATASET_TAR, stream);
      TEXT.encode(tar.archive().value(), stream);
      TEXT.encode(tar.by().name(), stream);
      WNIDS.encode(tar.wnids(), stream);
      TEXTS.encode(tar.leftOut(), stream);
      TEXT.encode(tar.labels(), stream);
    } else if (part instanceof LabelledTar tar) {
      KIND.encode(LABELLED_TAR, stream);
      TEXT.encode(tar.archive().value(), stream);
      WNIDS.encode(tar.wnids(), stream);
      TEXTS.encode(tar.leftOut(), stream);
    } else if (part instanceof PictureCsvPart pictures) {
      KIND.encode(LISTED_PICTURES, stream);
      TEXT.encode(pictures.list().value(), stream);
      NUMBER.encode(pictures.first(), stream);
      NUMBER.encode(pictures.count(), stream);
      CLASSES.encode(pictures.wnidOfNumber(), stream);
      TEXTS.encode(pictures.leftOut(), stream);
      LINES.encode(pictures.repeated(), stream);
    } else if (part instanceof NonPicturePart nonPicture && nonPicture.rejection() != null) {
      KIND.encode(REJECTED, stream);
      encode(nonPicture.rejection(), stream);
    } else if (part instanceof NonPicturePart nonPicture) {
      KIND.encode(IGNORED, stream);
      TEXT.encode(nonPicture.name(), stream);
    }
  }

  private static void encode(PictureClasses classes, OutputStream stream) throws IOException {
    if (classes instanceof PictureClasses.Unknown) {
      KIND.encode(UNKNOWN, stream);
    } else if (classes instanceof PictureClasses.InName) {
      KIND.encode(IN_NAME, stream);
    } else if (classes instanceof PictureClasses.Annotated annotated) {
      KIND.encode(ANNOTATED, stream);
      TEXT.encode(annotated.file().value(), stream);
    } else if (classes instanceof PictureClasses.Numbered numbered) {
      KIND.encode(NUMBERED, stream);
      TEXT.encode(numbered.prefix(), stream);
      TEXTS.encode(numbered.wnids(), stream);
    }
  }

  private static PictureClasses classes(InputStream stream) throws IOException {
    int kind = KIND.decode(stream);
    return switch (kind) {
      case UNKNOWN -> new PictureClasses.Unknown();
      case IN_NAME -> new PictureClasses.InName();
      case ANNOTATED -> new PictureClasses.Annotated(location(stream));
      case NUMBERED -> new PictureClasses.Numbered(TEXT.decode(stream), TEXTS.decode(stream));
      default -> throw new CoderException("Nothing gives classes of the kind " + kind);
    };
  }

  private static void encode(Patch patch, OutputStream stream) throws IOException {
    NUMBER.encode((long) patch.pictures().size(), stream);
    for (TarMember picture : patch.pictures()) {
      TEXT.encode(picture.archive().value(), stream);
      TEXT.encode(picture.path(), stream);
      NUMBER.encode(picture.offset(), stream);
      NUMBER.encode(picture.length(), stream);
      NUMBER.encode(picture.generation(), stream);
      NUMBER.encode(picture.crc32c(), stream);
    }
  }

  private static void encode(Rejection rejection, OutputStream stream) throws IOException {
    TEXT.encode(rejection.image(), stream);
    TEXT.encode(rejection.source(), stream);
    NUMBER.encode(rejection.offset(), stream);
    TEXT.encode(rejection.reason(), stream);
    TEXT.encode(rejection.message(), stream);
  }

  @Override
  public SourcePart decode(InputStream stream) throws IOException {
    int kind = KIND.decode(stream);
    return switch (kind) {
      case CLASS_TAR ->
          new ClassTar(
              location(stream),
              NUMBER.decode(stream),
              NUMBER.decode(stream),
              TEXT.decode(stream),
              patch(stream),
              NUMBER.decode(stream));
      case ARCHIVE_BYTES ->
          new ArchiveBytes(
              new CheckedRange(
                  location(stream),
                  NUMBER.decode(stream),
                  NUMBER.decode(stream),
                  NUMBER.decode(stream),
                  NUMBER.decode(stream)));
      case FLAT_TAR ->
          new FlatTar(location(stream), TEXT.decode(stream), TEXTS.decode(stream), patch(stream));
      case CLASS_FOLDER -> new ClassFolder(location(stream), TEXT.decode(stream));
      case PICTURE_FOLDER ->
          new PictureFolder(location(stream), classes(stream), TEXTS.decode(stream));
      case PICTURE_TAR -> new PictureTar(location(stream), classes(stream), TEXTS.decode(stream));
      case WEBDATASET_TAR ->
          new WebDatasetTar(
              location(stream),
              WebDatasetTar.ClassBy.valueOf(TEXT.decode(stream)),
              WNIDS.decode(stream),
              TEXTS.decode(stream),
              TEXT.decode(stream));
      case LABELLED_TAR ->
          new LabelledTar(location(stream), WNIDS.decode(stream), TEXTS.decode(stream));
      case LISTED_PICTURES ->
          new PictureCsvPart(
              location(stream),
              NUMBER.decode(stream),
              NUMBER.decode(stream),
              CLASSES.decode(stream),
              TEXTS.decode(stream),
              LINES.decode(stream));
      case IGNORED -> NonPicturePart.ignored(TEXT.decode(stream));
      case REJECTED ->
          NonPicturePart.rejected(
              new Rejection(
                  TEXT.decode(stream),
                  TEXT.decode(stream),
                  NUMBER.decode(stream),
                  TEXT.decode(stream),
                  TEXT.decode(stream)));
      default -> throw new CoderException("There is no part of the kind " + kind);
    };
  }

  private static Patch patch(InputStream stream) throws IOException {
    List<TarMember> pictures = new ArrayList<>();
    for (long left = NUMBER.decode(stream); left > 0; left--) {
      pictures.add(
          new TarMember(
              location(stream),
              TEXT.decode(stream),
              NUMBER.decode(stream),
              NUMBER.decode(stream),
              NUMBER.decode(stream),
              NUMBER.decode(stream)));
    }
    return new Patch(pictures);
  }

  private static Location location(InputStream stream) throws IOException {
    return new Location(TEXT.decode(stream));
  }

  @Override
  public void verifyDeterministic() {
    // Every field's coder is deterministic.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourcePartCoder;
  }

  @Override
  public int hashCode() {
    return SourcePartCoder.class.hashCode();
  }
}
