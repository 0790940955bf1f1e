package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.util.Set;

/** Finds the frame header of a JPEG file, and counts its scans (ITU-T T.81, annex B). */
final class JpegHeader {
  private static final int PROGRESSIVE_FRAME = 0xc2;
  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;

  // The markers of Huffman tables, an extension and arithmetic conditioning are in the range of the
  // frame headers.
  private static final Set<Integer> NO_FRAME = Set.of(0xc4, 0xc8, 0xcc);
  private static final Set<Integer> DECODED_FRAMES = Set.of(0xc0, 0xc1, 0xc2);

  private final byte[] file;
  // Past the start-of-image marker.
  private int position = 2;

  private JpegHeader(byte[] file) {
    this.file = file;
  }

  static PictureHeader parse(byte[] file) throws RejectedPicture {
    JpegHeader header = new JpegHeader(file);
    PictureHeader frame = header.findFrame();
    header.checkScans(frame.components());
    return frame;
  }

  /**
   * Whether the end-of-image marker follows the frame header: a thumbnail within the header has its
   * own. Bytes may follow it, as cameras append some.
   */
  static boolean hasEnd(byte[] file) throws RejectedPicture {
    JpegHeader header = new JpegHeader(file);
    header.findFrame();
    for (int i = file.length - 2; i >= header.position; i--) {
      if ((file[i] & 0xff) == 0xff && (file[i + 1] & 0xff) == END_OF_IMAGE) {
        return true;
      }
    }
    return false;
  }

  /** A scan of all components ends the decoding; if there may be more scans, all are decoded. */
  private void checkScans(int components) throws RejectedPicture {
    boolean progressive = (file[position - 1] & 0xff) == PROGRESSIVE_FRAME;
    position += segmentLength();
    int marker = nextMarker();
    while (marker != START_OF_SCAN) {
      if (marker == END_OF_IMAGE) {
        throw new RejectedPicture(Reason.CORRUPT_HEADER, "no scan comes before byte " + position);
      }
      if (!hasNoLength(marker)) {
        position += segmentLength();
      }
      marker = nextMarker();
    }
    if (!progressive && byteAt(position + 2) == components) {
      return;
    }
    int scans = 1;
    for (int i = position; i < file.length - 1; i++) {
      if (file[i] == -1 && (file[i + 1] & 0xff) == START_OF_SCAN) {
        scans++;
      }
    }
    if (scans > PictureHeader.MOST_SCANS) {
      throw new RejectedPicture(
          Reason.TOO_LARGE,
          "it has %d scans; the limit is %d".formatted(scans, PictureHeader.MOST_SCANS));
    }
  }

  private static boolean hasNoLength(int marker) {
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
  }

  private PictureHeader findFrame() throws RejectedPicture {
    while (true) {
      int marker = nextMarker();
      if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.contains(marker)) {
        return frame(marker);
      }
      if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
        throw new RejectedPicture(
            Reason.CORRUPT_HEADER, "no frame header comes before byte " + position);
      }
      if (!hasNoLength(marker)) {
        position += segmentLength();
      }
    }
  }

  private int nextMarker() throws RejectedPicture {
    // Stray bytes are skipped, as libjpeg does.
    while (byteAt(position) != 0xff) {
      position++;
    }
    while (byteAt(position) == 0xff) {
      position++;
    }
    return byteAt(position++);
  }

  private int segmentLength() throws RejectedPicture {
    int length = shortAt(position);
    if (length < 2) {
      throw new RejectedPicture(
          Reason.CORRUPT_HEADER, "the segment at byte " + position + " has the length " + length);
    }
    return length;
  }

  private PictureHeader frame(int marker) throws RejectedPicture {
    int precision = byteAt(position + 2);
    int height = shortAt(position + 3);
    int width = shortAt(position + 5);
    int components = byteAt(position + 7);
    if (!DECODED_FRAMES.contains(marker) || precision != 8) {
      throw new RejectedPicture(
          Reason.UNSUPPORTED,
          "it is a JPEG of the kind SOF%d with %d bits; baseline and progressive with 8 are decoded"
              .formatted(marker - 0xc0, precision));
    }
    if (components != 1 && components != 3 && components != 4) {
      throw new RejectedPicture(
          Reason.UNSUPPORTED,
          "it is a JPEG with " + components + " components; 1, 3 or 4 are decoded");
    }
    if (width == 0 || height == 0) {
      throw new RejectedPicture(
          Reason.CORRUPT_HEADER, "its frame is " + width + " × " + height + " pixels");
    }
    return new PictureHeader(PictureHeader.Format.JPEG, width, height, components);
  }

  private int shortAt(int index) throws RejectedPicture {
    return byteAt(index) << 8 | byteAt(index + 1);
  }

  private int byteAt(int index) throws RejectedPicture {
    if (index >= file.length) {
      throw new RejectedPicture(
          Reason.TRUNCATED, "the file ends within its header, after " + file.length + " bytes");
    }
    return file[index] & 0xff;
  }
}
