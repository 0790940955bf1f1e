package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Removes the gzip layer of a picture: ImageNet 2010 has a JPEG with one. */
final class GzippedPicture {
  private GzippedPicture() {}

  /**
   * @return the picture within, or the same bytes if there is no such layer
   * @throws RejectedPicture if the layer is damaged, holds more than {@link
   *     PictureHeader#LARGEST_FILE} bytes, or contains another
   */
  static byte[] unwrapped(byte[] file) throws RejectedPicture {
    if (!isGzipped(file)) {
      return file;
    }
    byte[] picture = inflated(file, inflatedLength(file));
    if (isGzipped(picture)) {
      throw new RejectedPicture(Reason.UNSUPPORTED, "it is a gzip file within a gzip file");
    }
    return picture;
  }

  /** Inflates without keeping the result, so that a decompression bomb takes no memory. */
  private static int inflatedLength(byte[] file) throws RejectedPicture {
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(file))) {
      long length = stream.skip(PictureHeader.LARGEST_FILE + 1L);
      if (length > PictureHeader.LARGEST_FILE) {
        throw new RejectedPicture(
            Reason.TOO_LARGE,
            "its " + file.length + " gzip'd bytes hold more than " + PictureHeader.LARGEST_FILE);
      }
      return (int) length;
    } catch (EOFException e) {
      throw new RejectedPicture(
          Reason.TRUNCATED, "the gzip file ends after " + file.length + " bytes");
    } catch (IOException e) {
      throw new RejectedPicture(
          Reason.DECODER_ERROR, "its gzip layer cannot be inflated: " + e.getMessage());
    }
  }

  private static byte[] inflated(byte[] file, int length) {
    byte[] picture = new byte[length];
    try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(file))) {
      stream.readNBytes(picture, 0, length);
      return picture;
    } catch (IOException e) {
      throw new IllegalStateException("What could be inflated before cannot be inflated now", e);
    }
  }

  private static boolean isGzipped(byte[] file) {
    return file.length >= 2 && (file[0] & 0xff) == 0x1f && (file[1] & 0xff) == 0x8b;
  }
}
