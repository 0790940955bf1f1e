package dev.alexnet.model.image;

import dev.alexnet.model.image.RejectedPicture.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out from the headers of its scans whether a JPEG has all of them (ITU-T T.81, annexes B, F
 * and G). A decoder shows what it has without a word: a progressive picture whose last scans are
 * lost is blurred, and a lost restart interval shifts the rest of the picture.
 */
final class JpegCompleteness {
  private static final int MARK = 0xff;
  private static final int STUFFED = 0x00;
  private static final int WITHOUT_MEANING = 0x01;
  private static final int FIRST_RESTART = 0xd0;
  private static final int RESTARTS = 8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int RESTART_INTERVAL = 0xdd;
  private static final int PROGRESSIVE_FRAME = 0xc2;
  private static final int COEFFICIENTS = 64;
  private static final int BLOCK = 8;
  // More than a coefficient can have.
  private static final int UNKNOWN_BITS = 16;

  private final byte[] file;
  private final List<Component> components = new ArrayList<>();
  private boolean progressive;
  private int height;
  private int width;
  private int restartInterval;
  private int scans;

  /** A colour component, and how many of the last bits of each coefficient are not known yet. */
  private static final class Component {
    private final int id;
    private final int horizontal;
    private final int vertical;
    private final int[] missingBits = new int[COEFFICIENTS];

    Component(int id, int sampling) {
      this.id = id;
      this.horizontal = Math.max(1, sampling >> 4);
      this.vertical = Math.max(1, sampling & 0xf);
      Arrays.fill(missingBits, UNKNOWN_BITS);
    }

    boolean isComplete() {
      return Arrays.stream(missingBits).allMatch(bits -> bits == 0);
    }
  }

  private JpegCompleteness(byte[] file) {
    this.file = file;
  }

  /**
   * @param file a JPEG that was decoded
   * @throws RejectedPicture of the reason {@link Reason#TRUNCATED}
   */
  static void check(byte[] file) throws RejectedPicture {
    new JpegCompleteness(file).check();
  }

  private void check() throws RejectedPicture {
    int position = 2;
    while (position + 1 < file.length) {
      int code = at(position + 1);
      if (at(position) != MARK || code == MARK || !hasLength(code)) {
        position++;
      } else if (code == END_OF_IMAGE) {
        break;
      } else {
        int length = shortAt(position + 2);
        if (code == START_OF_SCAN) {
          position = scan(position + 4, position + 2 + length);
        } else {
          segment(code, position + 4);
          position += 2 + length;
        }
      }
      if (!progressive && !components.isEmpty() && isComplete()) {
        // Decoders read no further either.
        return;
      }
    }
    if (!isComplete()) {
      throw new RejectedPicture(
          Reason.TRUNCATED,
          "its last scans are missing after %d: not every coefficient has all of its bits"
              .formatted(scans));
    }
  }

  private boolean isComplete() {
    return components.stream().allMatch(Component::isComplete);
  }

  private void segment(int code, int content) {
    if (code == RESTART_INTERVAL) {
      restartInterval = shortAt(content);
    } else if (code >= 0xc0 && code <= PROGRESSIVE_FRAME && components.isEmpty()) {
      progressive = code == PROGRESSIVE_FRAME;
      height = shortAt(content + 1);
      width = shortAt(content + 3);
      for (int i = 0; i < at(content + 5); i++) {
        components.add(new Component(at(content + 6 + 3 * i), at(content + 7 + 3 * i)));
      }
    }
  }

  /** Reads a scan, and returns the position of the marker after it. */
  private int scan(int header, int pixels) throws RejectedPicture {
    List<Component> ofScan = new ArrayList<>();
    int count = at(header);
    for (int i = 0; i < count; i++) {
      int id = at(header + 1 + 2 * i);
      components.stream().filter(each -> each.id == id).forEach(ofScan::add);
    }
    int rest = header + 1 + 2 * count;
    int first = progressive ? Math.min(at(rest), COEFFICIENTS - 1) : 0;
    int last = progressive ? Math.min(at(rest + 1), COEFFICIENTS - 1) : COEFFICIENTS - 1;
    int missingBits = progressive ? at(rest + 2) & 0xf : 0;
    for (Component component : ofScan) {
      Arrays.fill(component.missingBits, first, Math.max(first, last) + 1, missingBits);
    }
    scans++;
    if (!progressive && restartInterval == 0 && isComplete()) {
      // Nothing more to find out; nearly all pictures are so.
      return file.length;
    }
    long intervals =
        restartInterval == 0 || ofScan.isEmpty()
            ? 1
            : -Math.floorDiv(-units(ofScan), (long) restartInterval);
    return endOfPixels(pixels, intervals);
  }

  /** How many minimum coded units a scan has: blocks, or groups of blocks of all components. */
  private long units(List<Component> ofScan) {
    int mostHorizontal = components.stream().mapToInt(each -> each.horizontal).max().orElse(1);
    int mostVertical = components.stream().mapToInt(each -> each.vertical).max().orElse(1);
    if (ofScan.size() > 1) {
      return (long) ceil(width, BLOCK * mostHorizontal) * ceil(height, BLOCK * mostVertical);
    }
    Component only = ofScan.get(0);
    return (long) ceil(ceil(width * only.horizontal, mostHorizontal), BLOCK)
        * ceil(ceil(height * only.vertical, mostVertical), BLOCK);
  }

  private static int ceil(int value, int divisor) {
    return (value + divisor - 1) / divisor;
  }

  private int endOfPixels(int start, long intervals) throws RejectedPicture {
    long found = 1;
    int position = start;
    while (position + 1 < file.length) {
      int code = at(position + 1);
      if (at(position) != MARK || code == MARK) {
        position++;
      } else if (code == STUFFED || code == WITHOUT_MEANING) {
        position += 2;
      } else if (isRestart(code)) {
        int expected = (int) ((found - 1) % RESTARTS);
        if (restartInterval > 0 && found < intervals && code - FIRST_RESTART != expected) {
          throw new RejectedPicture(
              Reason.TRUNCATED,
              "restart intervals are missing in scan %d: at byte %d is the end of interval %d of %d, but its number is %d instead of %d"
                  .formatted(scans, position, found, intervals, code - FIRST_RESTART, expected));
        }
        found++;
        position += 2;
      } else {
        break;
      }
    }
    if (found < intervals) {
      throw new RejectedPicture(
          Reason.TRUNCATED,
          "restart intervals are missing in scan %d: it has %d of %d"
              .formatted(scans, found, intervals));
    }
    return position;
  }

  private static boolean isRestart(int code) {
    return code >= FIRST_RESTART && code < FIRST_RESTART + RESTARTS;
  }

  private static boolean hasLength(int code) {
    return code != STUFFED && code != WITHOUT_MEANING && !isRestart(code) && code != 0xd8;
  }

  private int shortAt(int position) {
    return at(position) << 8 | at(position + 1);
  }

  /** Zero beyond the end. */
  private int at(int position) {
    return position < file.length ? file[position] & 0xff : 0;
  }
}
