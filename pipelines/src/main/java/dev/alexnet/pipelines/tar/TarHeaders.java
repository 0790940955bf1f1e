package dev.alexnet.pipelines.tar;

import dev.alexnet.infra.text.ByteText;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * The headers of a tar archive (ustar, GNU, PAX), read one after the other. Only the current header
 * is in memory, however long the archive is: library readers keep all headers, and allocate
 * whatever length a header claims for a name.
 */
final class TarHeaders {
  static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  // Paths on Linux have at most 4,096 bytes; PAX headers hold a few more attributes.
  private static final int LONGEST_EXTENSION = 1 << 20;

  // The offsets of the fields in a header.
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = TarConstants.SIZELEN;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = TarConstants.PREFIXLEN;
  private static final int MORE_IN_HEADER = 482;
  private static final int MORE_IN_MAP = 504;

  private static final char DIRECTORY_OF_A_DUMP = 'D';
  private static final String SPARSE = "GNU.sparse.";

  private final TarBytes bytes;
  private final long length;
  private final byte[] header = new byte[BLOCK];
  private final Map<String, String> global = new HashMap<>();
  private Map<String, String> pax = new HashMap<>();
  private byte[] longName;
  private long next;

  TarHeaders(TarBytes bytes, long length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * An entry.
   *
   * @param name its name in the archive, with bytes that are not UTF-8 as {@code \xff}
   * @param type the type flag of its header
   * @param sparse whether it is a sparse file, stored in pieces
   * @param offset the offset of its first byte
   * @param size its length in bytes
   */
  record Entry(String name, char type, boolean sparse, long offset, long size) {
    boolean isDirectory() {
      return type == TarConstants.LF_DIR || type == DIRECTORY_OF_A_DUMP || name.endsWith("/");
    }

    boolean isPlainFile() {
      boolean plain =
          type == TarConstants.LF_NORMAL
              || type == TarConstants.LF_OLDNORM
              || type == TarConstants.LF_CONTIG;
      return plain && !sparse;
    }
  }

  /** The archive is not damaged, but compressed as a whole with gzip. */
  static final class GzippedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The offset of the next header; at the end, that of the end-of-archive marker. */
  long position() {
    return next;
  }

  /**
   * @return the next entry; null at the end-of-archive marker
   * @throws DamagedTarException if this is not an archive
   * @throws EOFException if it is truncated; the message says where it stops
   */
  Entry next() throws IOException {
    while (readHeader()) {
      char type = (char) (header[TYPE] & 0xff);
      boolean extension = isExtension(type);
      Map<String, String> attributes = new HashMap<>(global);
      attributes.putAll(pax);
      long offset = next + BLOCK + (type == TarConstants.LF_GNUTYPE_SPARSE ? sparseMap() : 0);
      long size = extension ? sizeOfHeader() : size(attributes);
      if (size < 0 || size > length - offset) {
        throw new DamagedTarException(
            "the header before byte %d claims %d bytes, but %d are left"
                .formatted(next + BLOCK, size, length - offset));
      }
      next = offset + (size + BLOCK - 1) / BLOCK * BLOCK;
      if (extension) {
        extend(type, offset, size);
      } else {
        Entry entry = new Entry(name(attributes), type, isSparse(type, attributes), offset, size);
        longName = null;
        pax = new HashMap<>();
        return entry;
      }
    }
    return null;
  }

  /**
   * @return whether there is one; false at the end-of-archive marker
   */
  private boolean readHeader() throws IOException {
    if (length - next < BLOCK) {
      throw new EOFException("without an end-of-archive marker");
    }
    bytes.read(next, header);
    if (isZero(header)) {
      return false;
    }
    if (!isSound()) {
      if (next == 0 && (header[0] & 0xff) == 0x1f && (header[1] & 0xff) == 0x8b) {
        throw new GzippedException();
      }
      throw new DamagedTarException("the header before byte %d is damaged".formatted(next + BLOCK));
    }
    return true;
  }

  private boolean isSound() {
    try {
      return TarUtils.verifyCheckSum(header);
    } catch (IllegalArgumentException e) {
      // The checksum field does not hold a number.
      return false;
    }
  }

  private static boolean isSparse(char type, Map<String, String> attributes) {
    return type == TarConstants.LF_GNUTYPE_SPARSE
        || attributes.keySet().stream().anyMatch(key -> key.startsWith(SPARSE));
  }

  private static boolean isExtension(char type) {
    return type == TarConstants.LF_GNUTYPE_LONGNAME
        || type == TarConstants.LF_GNUTYPE_LONGLINK
        || type == TarConstants.LF_PAX_EXTENDED_HEADER_LC
        || type == TarConstants.LF_PAX_EXTENDED_HEADER_UC
        || type == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER;
  }

  private void extend(char type, long offset, long size) throws IOException {
    if (type == TarConstants.LF_GNUTYPE_LONGLINK) {
      return;
    }
    if (size > LONGEST_EXTENSION) {
      throw new DamagedTarException(
          "the header before byte %d has a name or attributes of %d bytes".formatted(offset, size));
    }
    // With what fills its last block, so that an archive's headers are read without gaps.
    byte[] blocks = new byte[(int) Math.min((size + BLOCK - 1) / BLOCK * BLOCK, length - offset)];
    bytes.read(offset, blocks);
    byte[] content = Arrays.copyOf(blocks, (int) size);
    switch (type) {
      case TarConstants.LF_GNUTYPE_LONGNAME -> longName = upToZero(content, 0, content.length);
      case TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER ->
          global.putAll(PaxAttributes.parse(content, offset));
      default -> pax = PaxAttributes.parse(content, offset);
    }
  }

  private long sizeOfHeader() throws IOException {
    try {
      return TarUtils.parseOctalOrBinary(header, SIZE, SIZE_LENGTH);
    } catch (IllegalArgumentException e) {
      throw new DamagedTarException(
          "the size in the header before byte %d is damaged".formatted(next + BLOCK), e);
    }
  }

  private long size(Map<String, String> attributes) throws IOException {
    String size = attributes.get("size");
    if (size == null) {
      return sizeOfHeader();
    }
    if (!size.matches("\\d{1,18}")) {
      throw new DamagedTarException(
          "the attribute size before byte %d is '%s'".formatted(next, size));
    }
    return Long.parseLong(size);
  }

  private String name(Map<String, String> attributes) {
    if (attributes.containsKey("path")) {
      return attributes.get("path");
    }
    if (longName != null) {
      return ByteText.of(longName);
    }
    byte[] name = upToZero(header, 0, TarConstants.NAMELEN);
    byte[] prefix = upToZero(header, PREFIX, PREFIX_LENGTH);
    // GNU archives hold times where POSIX archives hold the start of the name.
    boolean posix = header[MAGIC + 5] == 0 && ascii(header, MAGIC, MAGIC + 5).equals("ustar");
    return posix && prefix.length > 0
        ? ByteText.of(prefix) + "/" + ByteText.of(name)
        : ByteText.of(name);
  }

  /** The length in bytes of GNU's map of pieces after the header of a sparse file. */
  private long sparseMap() throws IOException {
    long blocks = 0;
    byte[] block = header.clone();
    int more = MORE_IN_HEADER;
    while (block[more] != 0) {
      blocks++;
      if (next + (blocks + 1) * BLOCK > length) {
        throw new EOFException("within the map of a sparse file");
      }
      bytes.read(next + blocks * BLOCK, block);
      more = MORE_IN_MAP;
    }
    return blocks * BLOCK;
  }

  static boolean isZero(byte[] bytes) {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] upToZero(byte[] bytes, int from, int count) {
    int end = from;
    while (end < from + count && bytes[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(bytes, from, end);
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }
}
