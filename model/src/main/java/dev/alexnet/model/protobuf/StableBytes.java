package dev.alexnet.model.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;

/** Serialises messages so that equal messages give equal bytes: the entries of maps are sorted. */
public final class StableBytes {
  private StableBytes() {}

  public static byte[] of(MessageLite message) {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream stream = CodedOutputStream.newInstance(bytes);
    stream.useDeterministicSerialization();
    try {
      message.writeTo(stream);
      stream.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("An array of the right size was too small", e);
    }
    return bytes;
  }
}
