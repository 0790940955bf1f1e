package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads the first chunk of a PNG file (RFC 2083), and counts the chunks that could be decompression
 * bombs.
 */
final class PngHeader {
  private static final int SIGNATURE_AND_FIRST_CHUNK = 8 + 8 + 13 + 4;
  private static final int IHDR = 0x49484452;
  private static final Set<Integer> COMPRESSED =
      Set.of(0x69434350 /* iCCP */, 0x7a545874 /* zTXt */, 0x69545874 /* iTXt */);
  // Length, type and checksum.
  private static final int CHUNK_WITHOUT_DATA = 12;
  // Length 0, type IEND and its checksum.
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82
  };

  private PngHeader() {}

  static PictureHeader parse(byte[] file) throws RejectedPicture {
    if (file.length < SIGNATURE_AND_FIRST_CHUNK) {
      throw new RejectedPicture(
          Reason.TRUNCATED, "the file ends within its header, after " + file.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int type = buffer.getInt(12);
    int width = buffer.getInt(16);
    int height = buffer.getInt(20);
    if (type != IHDR || width <= 0 || height <= 0) {
      throw new RejectedPicture(Reason.CORRUPT_HEADER, "its first chunk is not a valid PNG header");
    }
    checkCompressedChunks(buffer);
    return new PictureHeader(PictureHeader.Format.PNG, width, height, components(buffer.get(25)));
  }

  /**
   * A chunk of some kilobytes can inflate to the decoder's limit, which applies to each chunk
   * separately.
   */
  private static void checkCompressedChunks(ByteBuffer buffer) throws RejectedPicture {
    int count = 0;
    long start = 8;
    while (start + CHUNK_WITHOUT_DATA <= buffer.limit()) {
      int length = buffer.getInt((int) start);
      if (length < 0) {
        throw new RejectedPicture(
            Reason.CORRUPT_HEADER, "the chunk at byte " + start + " has an invalid length");
      }
      if (COMPRESSED.contains(buffer.getInt((int) start + 4))) {
        count++;
      }
      if (count > PictureHeader.MOST_COMPRESSED_CHUNKS) {
        throw new RejectedPicture(
            Reason.TOO_LARGE,
            "it has more than %d compressed text and colour profile chunks"
                .formatted(PictureHeader.MOST_COMPRESSED_CHUNKS));
      }
      start += CHUNK_WITHOUT_DATA + (long) length;
    }
  }

  /** Whether the file ends with its last chunk. */
  static boolean hasEnd(byte[] file) {
    for (int start = file.length - END.length; start >= 0; start--) {
      if (Arrays.equals(file, start, start + END.length, END, 0, END.length)) {
        return true;
      }
    }
    return false;
  }

  private static int components(int colourType) throws RejectedPicture {
    return switch (colourType) {
      case 0 -> 1;
      case 2, 3 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default ->
          throw new RejectedPicture(Reason.CORRUPT_HEADER, "its PNG colour type is " + colourType);
    };
  }
}
