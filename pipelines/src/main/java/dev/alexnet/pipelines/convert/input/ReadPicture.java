package dev.alexnet.pipelines.convert.input;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A picture as it was when it was read.
 *
 * @param id within its source
 * @param bytes its length
 * @param crc32c of its bytes as they are stored
 * @param stamp that of its file, as in {@link dev.alexnet.infra.storage.ObjectEntry#stamp}; 0 if it
 *     is in an archive
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"id", "bytes", "crc32c", "stamp"})
public record ReadPicture(String id, long bytes, long crc32c, long stamp) {
  public ReadPicture {
    requireNonNull(id, "id is null");
  }

  ReadPicture withStamp(long other) {
    return new ReadPicture(id, bytes, crc32c, other);
  }
}
