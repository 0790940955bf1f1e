package dev.alexnet.pipelines.synth;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A tar whose bytes depend only on the names and content of its files, not on who wrote it and
 * when.
 */
final class OfficialTar implements Closeable {
  private static final Instant MODIFIED = Instant.parse("2012-06-01T00:00:00Z");
  private static final int BLOCK = 10_240;

  private final TarArchiveOutputStream tar;

  /** Leaves the stream open when it is closed. */
  OfficialTar(OutputStream stream) {
    this.tar = new TarArchiveOutputStream(stream, BLOCK, StandardCharsets.US_ASCII.name());
  }

  void add(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setModTime(Date.from(MODIFIED));
    // The entry would otherwise carry the name of the user who runs this.
    entry.setUserName("");
    entry.setGroupName("");
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  @Override
  public void close() throws IOException {
    tar.finish();
    tar.flush();
  }
}
