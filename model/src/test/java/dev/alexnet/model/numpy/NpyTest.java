package dev.alexnet.model.numpy;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Compares with the bytes of {@code numpy.save} of NumPy 2 for the arrays that each test names. */
class NpyTest {
  /** {@code np.array([[1.5, -2, 0.1], [3, 1e-40, -0.0]], dtype="<f4")}. */
  private static final byte[] MATRIX =
      file(
          "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
          "0000c03f000000c0cdcccc3d00004040c216010000000080");

  /** {@code np.array([3, -1, 1 << 40], dtype="<i8")}. */
  private static final byte[] VECTOR =
      file(
          "{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }",
          "0300000000000000ffffffffffffffff0000000000010000");

  /** The header is padded with spaces to 128 bytes. */
  private static byte[] file(String header, String values) {
    String start = "934e554d505901007600" + HexFormat.of().formatHex(ascii(header));
    String filled = start + "20".repeat(127 - start.length() / 2) + "0a";
    return HexFormat.of().parseHex(filled + values);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static NpyMatrixReader open(byte[] content) throws IOException {
    return NpyMatrixReader.open(new ByteArrayInputStream(content), "a.npy");
  }

  @Test
  void write_matrix_givesTheBytesOfNumpy() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyWriter writer = NpyWriter.ofFloats(out, 2, 3);
    writer.write(new float[] {1.5f, -2, 0.1f});
    assertThatThrownBy(writer::finish).hasMessage("1 rows of the array were not written");
    writer.write(new float[] {3, 1e-40f, -0.0f});
    writer.finish();

    assertThat(out.toByteArray()).isEqualTo(MATRIX);
  }

  @Test
  void write_vector_givesTheBytesOfNumpy() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NpyWriter writer = NpyWriter.ofLongs(out, 3);
    writer.write(3);
    writer.write(-1);
    writer.write(1L << 40);
    writer.finish();

    assertThat(out.toByteArray()).isEqualTo(VECTOR);
  }

  @Test
  void read_matrix_givesItsRowsInBlocks() throws IOException {
    try (NpyMatrixReader reader = open(MATRIX)) {
      float[] block = new float[3];
      assertThat(reader.rows()).isEqualTo(2);
      assertThat(reader.columns()).isEqualTo(3);
      assertThat(reader.read(block)).isEqualTo(1);
      assertThat(block).containsExactly(1.5f, -2, 0.1f);
      assertThat(reader.read(block)).isEqualTo(1);
      assertThat(block).containsExactly(3, 1e-40f, -0.0f);
      assertThat(reader.read(block)).isZero();
    }
  }

  @Test
  void open_whatIsNoMatrixOfFloats_saysWhatItIs() {
    assertBad(VECTOR, "a.npy holds <i8 of shape [3]; it must be a matrix of <f4");
    assertBad(ascii("<html>, and more than a header"), "a.npy is not a NumPy file of format 1.0");
    assertBad(new byte[0], "a.npy ends within its header");
    byte[] fortran = file("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", "");
    assertBad(fortran, "it must be that of an array in C order");
    assertBad(floats("99999999999999999999, 3"), "it must be that of an array in C order");
    assertBad(floats("2 2, 3"), "it must be that of an array in C order");
    assertBad(floats("2, 4294967296"), "a.npy holds <f4 of shape [2, 4294967296]");
    assertBad(floats("2, 0"), "a.npy holds <f4 of shape [2, 0]");
  }

  private static byte[] floats(String shape) {
    return file("{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }", "");
  }

  private static void assertBad(byte[] content, String message) {
    assertThatFailure(() -> open(content))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(message);
  }
}
