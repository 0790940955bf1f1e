package dev.alexnet.infra.storage.gcs;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;

/** CRC-32C as the service writes it: base 64 of four bytes, big endian. */
final class GcsChecksum {
  private static final String HEADER_PREFIX = "crc32c=";

  private GcsChecksum() {}

  static String of(long crc32c) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * @param text null if the service does not say it
   */
  static OptionalLong parse(String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    byte[] bytes = Base64.getDecoder().decode(text);
    return OptionalLong.of(Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt()));
  }

  /**
   * @param headers values of x-goog-hash, such as {@code crc32c=n03x6A==,md5=…}, together or one by
   *     one
   */
  static OptionalLong parseHeaders(List<String> headers) {
    for (String header : headers) {
      for (String hash : header.split(",", -1)) {
        if (hash.strip().startsWith(HEADER_PREFIX)) {
          return parse(hash.strip().substring(HEADER_PREFIX.length()));
        }
      }
    }
    return OptionalLong.empty();
  }
}
