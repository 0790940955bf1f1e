package dev.alexnet.model.image;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/**
 * Finds where the coded pixels of a JPEG end (ITU-T T.81, annex B). A decoder that runs out of them
 * fills the rest of the picture with grey and reports nothing. Appended coded pixels show whether
 * it did: they change a picture that lacks some, and are ignored if it is complete.
 */
final class JpegScans {
  private static final int MARK = 0xff;
  private static final int STUFFED = 0x00;
  private static final int WITHOUT_MEANING = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int LAST_RESTART = 0xd7;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int RESTART_INTERVAL = 0xdd;

  // Enough for a thousand blocks of pixels, so that some have an effect wherever the picture is cut
  // off.
  private static final int ADDED = 1 << 16;

  private final byte[] file;
  private final byte[] added = new byte[ADDED];
  private final ByteArrayOutputStream longer = new ByteArrayOutputStream();
  private boolean restarts;

  private JpegScans(byte[] file) {
    this.file = file;
    Random random = new Random(1);
    for (int i = 0; i < ADDED; i++) {
      // Not a byte that starts a marker.
      added[i] = (byte) random.nextInt(MARK);
    }
  }

  /**
   * The same file with more coded pixels at the end of every scan.
   *
   * @param file a JPEG that was decoded
   */
  static byte[] lengthened(byte[] file) {
    return new JpegScans(file).lengthened();
  }

  private byte[] lengthened() {
    int position = 2;
    int copied = 0;
    boolean coded = false;
    while (position + 1 < file.length) {
      int code = file[position + 1] & 0xff;
      if ((file[position] & 0xff) != MARK || code == MARK) {
        position++;
      } else if (code == STUFFED || (coded && restarts && isRestart(code))) {
        position += 2;
      } else {
        if (coded) {
          longer.write(file, copied, position - copied);
          longer.writeBytes(added);
          copied = position;
        }
        if (code == END_OF_IMAGE) {
          break;
        }
        restarts |= code == RESTART_INTERVAL;
        coded = code == START_OF_SCAN;
        position += 2 + (hasLength(code) ? lengthAt(position + 2) : 0);
      }
    }
    longer.write(file, copied, file.length - copied);
    return longer.toByteArray();
  }

  private static boolean isRestart(int code) {
    return code >= FIRST_RESTART && code <= LAST_RESTART;
  }

  private static boolean hasLength(int code) {
    return code != WITHOUT_MEANING && !isRestart(code);
  }

  private int lengthAt(int position) {
    return position + 1 < file.length
        ? (file[position] & 0xff) << 8 | (file[position + 1] & 0xff)
        : 0;
  }
}
