package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.AbstractInputStreamContent;
import java.io.IOException;
import java.io.InputStream;

/** Some bytes of an object's content, which can be sent several times. */
final class ContentSection extends AbstractInputStreamContent {
  static final String TYPE = "application/octet-stream";

  private final ObjectContent content;
  private final long offset;
  private final long length;

  ContentSection(ObjectContent content, long offset, long length) {
    super(TYPE);
    this.content = content;
    this.offset = offset;
    this.length = length;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return content.stream(offset, length);
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public boolean retrySupported() {
    return true;
  }
}
