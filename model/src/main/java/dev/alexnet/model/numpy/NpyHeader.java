package dev.alexnet.model.numpy;

import dev.alexnet.infra.failure.Failure;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header of a NumPy file, format 1.0, last axis fastest.
 *
 * @param type such as {@code <f4}: little endian, float, four bytes
 * @param shape length of every axis
 */
record NpyHeader(String type, List<Long> shape) {
  static final String FLOAT = "<f4";
  static final String LONG = "<i8";

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  // NumPy leaves room for the first axis to grow to any length.
  private static final int DIGITS_OF_FIRST_AXIS = 21;

  private static final Pattern FORM =
      Pattern.compile(
          "\\{'descr': '([^']+)', 'fortran_order': (True|False), 'shape': \\(((?:\\d{1,18}, "
              + "?)*\\d{0,18})\\), ?\\} *\\n");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /** The bytes that {@code numpy.save} writes. */
  byte[] bytes() {
    String axes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
            .formatted(type, shape.size() == 1 ? axes + "," : axes);
    int room = DIGITS_OF_FIRST_AXIS - shape.get(0).toString().length();
    int length = MAGIC.length + 4 + text.length() + room + 1;
    int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = new byte[padded];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0);
    buffer.putShort((short) (padded - MAGIC.length - 4));
    buffer.put(text.getBytes(StandardCharsets.US_ASCII));
    bytes[padded - 1] = '\n';
    return bytes;
  }

  /**
   * Reads the header at the start of a stream.
   *
   * @throws Failure of kind BAD_DATA if it does not have this form
   */
  static NpyHeader read(InputStream stream, Object where) throws IOException {
    DataInputStream data = new DataInputStream(stream);
    try {
      byte[] start = new byte[MAGIC.length + 2];
      data.readFully(start);
      if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
          || start[MAGIC.length] != 1) {
        throw new Failure(Failure.Kind.BAD_DATA, where + " is not a NumPy file of format 1.0");
      }
      byte[] text = new byte[Short.toUnsignedInt(Short.reverseBytes(data.readShort()))];
      data.readFully(text);
      return parsed(new String(text, StandardCharsets.US_ASCII), where);
    } catch (EOFException e) {
      throw new Failure(Failure.Kind.BAD_DATA, where + " ends within its header", e);
    }
  }

  private static NpyHeader parsed(String text, Object where) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || matcher.group(2).equals("True")) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " has the header " + text.strip() + "; it must be that of an array in C order");
    }
    List<Long> shape =
        Stream.of(matcher.group(3).split(",", -1))
            .map(String::strip)
            .filter(axis -> !axis.isEmpty())
            .map(Long::valueOf)
            .toList();
    return new NpyHeader(matcher.group(1), shape);
  }
}
