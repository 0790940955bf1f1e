package dev.alexnet.pipelines.tar;

import java.io.IOException;

/**
 * The bytes of an archive. Offsets count from its start; every call is further on than the last.
 */
interface TarBytes {
  /**
   * @throws java.io.EOFException if the archive ends before them
   */
  void read(long from, byte[] target) throws IOException;

  /** The CRC-32C of a member's content; 0 if it is not read. */
  long crc32c(long from, long length) throws IOException;
}
