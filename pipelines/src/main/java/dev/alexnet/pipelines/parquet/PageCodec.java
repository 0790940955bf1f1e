package dev.alexnet.pipelines.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Decompresses pages, each on its own. */
final class PageCodec {
  private static final Set<CompressionCodec> SUPPORTED =
      EnumSet.of(
          CompressionCodec.UNCOMPRESSED,
          CompressionCodec.SNAPPY,
          CompressionCodec.ZSTD,
          CompressionCodec.LZ4_RAW,
          CompressionCodec.GZIP);

  private PageCodec() {}

  static boolean supports(CompressionCodec codec) {
    return SUPPORTED.contains(codec);
  }

  /**
   * @param offset of the compressed bytes in the array; they are the rest of it
   * @param length of the content
   * @throws IOException if it cannot be decompressed to exactly this length
   */
  static byte[] decompress(CompressionCodec codec, byte[] bytes, int offset, int length)
      throws IOException {
    byte[] content = new byte[length];
    int count =
        switch (codec) {
          case SNAPPY -> decompress(new SnappyDecompressor(), bytes, offset, content);
          case ZSTD -> decompress(new ZstdDecompressor(), bytes, offset, content);
          case LZ4_RAW -> decompress(new Lz4Decompressor(), bytes, offset, content);
          case GZIP -> inflate(bytes, offset, content);
          default -> throw new IOException("pages cannot be compressed with " + codec);
        };
    if (count != length) {
      throw new IOException("a page has %d bytes instead of %d".formatted(count, length));
    }
    return content;
  }

  private static int decompress(Decompressor decompressor, byte[] bytes, int offset, byte[] content)
      throws IOException {
    try {
      return decompressor.decompress(
          bytes, offset, bytes.length - offset, content, 0, content.length);
    } catch (MalformedInputException e) {
      throw new IOException("a page cannot be decompressed: " + e.getMessage(), e);
    }
  }

  private static int inflate(byte[] bytes, int offset, byte[] content) throws IOException {
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset))) {
      int count = stream.readNBytes(content, 0, content.length);
      return stream.read() < 0 ? count : count + 1;
    }
  }
}
