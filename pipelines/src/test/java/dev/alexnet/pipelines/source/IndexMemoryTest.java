package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.reading.CheckedRange;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.fixture.RawTar;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.tar.TarDirectory;
import dev.alexnet.pipelines.tar.TarMember;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the index of archives of the real size needs: five gigabytes of disk, minutes. */
@Tag("endurance")
class IndexMemoryTest {
  // As in ILSVRC2012: 1,281,000 pictures of the mean length in 1,000 classes.
  private static final int CLASSES = 1000;
  private static final int PICTURES = 1281;
  private static final int PICTURE_BYTES = 115_200;

  private final ObjectStore store = ObjectStores.standard();
  @TempDir private Path directory;

  @Test
  void index_trainingArchiveOf148Gigabytes_needsKilobytesPerThousandImages() throws Exception {
    Path archive = directory.resolve("ILSVRC2012_img_train.tar");
    writeSparse(archive);
    assertThat(Files.size(archive)).isGreaterThan(147_000_000_000L);
    long start = System.nanoTime();

    PictureSource source =
        PictureSource.find(
            store,
            new SourceSettings(
                Location.of(archive),
                Split.TRAIN,
                InputLayout.ILSVRC2012,
                null,
                "present",
                ClassOrder.AUTO));
    long parts = 0;
    Counting counting = new Counting();
    for (SourcePart part : source.parts()) {
      parts += CoderUtils.encodeToByteArray(new SourcePartCoder(), part).length;
      part.index(store, counting);
    }

    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%,d pictures of %,d bytes indexed in %.1f s; %,d bytes of parts, references %.1f bytes each,"
            + " at most %,d pictures of a class at once%n",
        counting.pictures,
        Files.size(archive),
        seconds,
        parts,
        (double) counting.bytes / counting.pictures,
        PICTURES);
    assertThat(counting.pictures).isEqualTo((long) CLASSES * PICTURES);
    assertThat(parts).isLessThan(200L * CLASSES);
    assertThat(counting.bytes / counting.pictures).isLessThan(200);
  }

  @Test
  void list_millionEmptyEntries_keepsTheirNamesOnly() throws IOException {
    Path archive = directory.resolve("empty.tar");
    int count = 1_000_000;
    try (var stream = new BufferedOutputStream(Files.newOutputStream(archive), 1 << 20)) {
      for (int i = 0; i < count; i++) {
        stream.write(header("n01440764_" + i + ".JPEG", 0));
      }
      stream.write(new byte[1024]);
    }
    long before = liveBytes();

    List<TarMember> members =
        TarDirectory.of(store, Location.of(archive))
            .list(store, rejection -> {}, ignored -> {})
            .members();

    long each = (liveBytes() - before) / count;
    System.out.printf("%,d empty entries: %d bytes each%n", members.size(), each);
    assertThat(members).hasSize(count);
    assertThat(each).isLessThan(150);
  }

  private static byte[] header(String name, long size) {
    return RawTar.header(name.getBytes(StandardCharsets.US_ASCII), RawTar.size(size), '0');
  }

  /** Headers only; the pictures are holes in the file. */
  private static void writeSparse(Path archive) throws IOException {
    long picture = 512 + PICTURE_BYTES;
    long classTar = PICTURES * picture + 1024;
    try (FileChannel channel =
        FileChannel.open(archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < CLASSES; i++) {
        long start = i * (512 + classTar);
        String wnid = "n%08d".formatted(i);
        channel.write(ByteBuffer.wrap(header(wnid + ".tar", classTar)), start);
        for (int j = 0; j < PICTURES; j++) {
          channel.write(
              ByteBuffer.wrap(header(wnid + "_" + j + ".JPEG", PICTURE_BYTES)),
              start + 512 + j * picture);
        }
      }
      channel.write(ByteBuffer.allocate(1024), CLASSES * (512 + classTar));
    }
  }

  private static long liveBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static final class Counting implements SourcePart.Listener {
    private long pictures;
    private long bytes;

    @Override
    public void picture(PictureReference reference) {
      pictures++;
      try {
        bytes += CoderUtils.encodeToByteArray(new PictureReferenceCoder(), reference).length;
      } catch (CoderException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void read(CheckedRange range) {
      throw new AssertionError(range.toString());
    }

    @Override
    public void rejected(Rejection rejection) {
      throw new AssertionError(rejection.toString());
    }

    @Override
    public void ignored(String name) {
      throw new AssertionError(name);
    }
  }
}
