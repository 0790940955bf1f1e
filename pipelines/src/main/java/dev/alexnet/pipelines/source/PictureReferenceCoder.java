package dev.alexnet.pipelines.source;

import dev.alexnet.infra.storage.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Encodes references for Beam, in little more space than their names take. */
public final class PictureReferenceCoder extends CustomCoder<PictureReference> {
  private static final long serialVersionUID = 1L;
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  @Override
  public void encode(PictureReference reference, OutputStream stream) throws IOException {
    TEXT.encode(reference.archive().value(), stream);
    NUMBER.encode(reference.offset(), stream);
    NUMBER.encode(reference.length(), stream);
    TEXT.encode(reference.id(), stream);
    TEXT.encode(reference.wnid(), stream);
    if (reference.archive().isCloud()) {
      NUMBER.encode(reference.generation(), stream);
      NUMBER.encode(reference.crc32c(), stream);
    }
  }

  @Override
  public PictureReference decode(InputStream stream) throws IOException {
    Location archive = new Location(TEXT.decode(stream));
    boolean cloud = archive.isCloud();
    return new PictureReference(
        archive,
        NUMBER.decode(stream),
        NUMBER.decode(stream),
        TEXT.decode(stream),
        TEXT.decode(stream),
        cloud ? NUMBER.decode(stream) : 0,
        cloud ? NUMBER.decode(stream) : 0);
  }

  @Override
  public void verifyDeterministic() {
    // Every field's coder is deterministic.
  }

  @Override
  public boolean consistentWithEquals() {
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PictureReferenceCoder;
  }

  @Override
  public int hashCode() {
    return PictureReferenceCoder.class.hashCode();
  }
}
