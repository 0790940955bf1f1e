package dev.alexnet.pipelines.synth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sink;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/**
 * The devkit's {@code meta.mat}: a MATLAB 5 file with one compressed struct array {@code synsets}.
 * As in the official one, the classes come first, in the order of their ids, and inner nodes of the
 * tree after them; here that is only the root. Numbers have the smallest type that holds them.
 */
final class MetaMat {
  private static final String DESCRIPTION =
      "MATLAB 5.0 MAT-file, Platform: GLNXA64, Created on: Fri Jun  1 00:00:00 2012";
  private static final int DESCRIPTION_LENGTH = 116;
  private static final int HEADER_LENGTH = 128;
  private static final short VERSION = 0x0100;
  private static final short LITTLE_ENDIAN_MARK = 'M' << 8 | 'I';

  private MetaMat() {}

  static byte[] bytes(List<SyntheticClass> classes, int trainPerClass) throws IOException {
    try (Struct synsets = synsets(classes, trainPerClass)) {
      // The compressed data is far shorter; the library compresses only if it can seek.
      int room = HEADER_LENGTH + Mat5.getSerializedSize("synsets", synsets);
      ByteBuffer buffer = ByteBuffer.allocate(room).order(ByteOrder.LITTLE_ENDIAN);
      putHeader(buffer);
      try (Sink sink = Sinks.wrap(buffer)) {
        Mat5.newWriter(sink).writeArray("synsets", synsets).flush();
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }

  /** The file's header; the library would put today's date into it. */
  private static void putHeader(ByteBuffer buffer) {
    String padded = DESCRIPTION + " ".repeat(DESCRIPTION_LENGTH - DESCRIPTION.length());
    buffer.put(padded.getBytes(StandardCharsets.US_ASCII));
    buffer.putLong(0);
    buffer.putShort(VERSION);
    buffer.putShort(LITTLE_ENDIAN_MARK);
  }

  private static Struct synsets(List<SyntheticClass> classes, int trainPerClass) {
    Struct synsets = Mat5.newStruct(classes.size() + 1, 1);
    for (SyntheticClass kind : classes) {
      String gloss = "synthetic pictures of a " + kind.words();
      new Synset(kind.id(), kind.wnid(), kind.words(), gloss, List.of(), 0, trainPerClass)
          .writeTo(synsets, kind.number());
    }
    List<Integer> children = classes.stream().map(SyntheticClass::id).toList();
    int root = classes.size();
    String gloss = "the root of the synthetic classes";
    new Synset(root + 1, SyntheticClass.ROOT_WNID, "object", gloss, children, 1, 0)
        .writeTo(synsets, root);
    return synsets;
  }

  /** A row of the table. */
  private record Synset(
      int id,
      String wnid,
      String words,
      String gloss,
      List<Integer> children,
      int height,
      int trainImages) {
    void writeTo(Struct synsets, int row) {
      synsets.set("ILSVRC2012_ID", row, numbers(id));
      synsets.set("WNID", row, Mat5.newString(wnid));
      synsets.set("words", row, Mat5.newString(words));
      synsets.set("gloss", row, Mat5.newString(gloss));
      synsets.set("num_children", row, numbers(children.size()));
      synsets.set(
          "children", row, numbers(children.stream().mapToInt(Integer::intValue).toArray()));
      synsets.set("wordnet_height", row, numbers(height));
      synsets.set("num_train_images", row, numbers(trainImages));
    }
  }

  private static Matrix numbers(int... values) {
    boolean small = true;
    for (int value : values) {
      small &= value <= 0xff;
    }
    MatlabType type = small ? MatlabType.UInt8 : MatlabType.UInt16;
    Matrix matrix = Mat5.newMatrix(1, values.length, type);
    for (int i = 0; i < values.length; i++) {
      matrix.setInt(i, values[i]);
    }
    return matrix;
  }
}
