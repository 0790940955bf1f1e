package dev.alexnet.pipelines.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.SerializableUtils;

/** Parts as Beam moves them, by Java's serialisation: there are few, and of several classes. */
public final class SourcePartCoder extends CustomCoder<SourcePart> {
  private static final long serialVersionUID = 1L;

  @Override
  public void encode(SourcePart part, OutputStream stream) throws IOException {
    ByteArrayCoder.of().encode(SerializableUtils.serializeToByteArray(part), stream);
  }

  @Override
  public SourcePart decode(InputStream stream) throws IOException {
    byte[] part = ByteArrayCoder.of().decode(stream);
    return (SourcePart) SerializableUtils.deserializeFromByteArray(part, "a part of a source");
  }
}
