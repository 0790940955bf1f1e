package dev.alexnet.pipelines.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.fixture.Archives;
import dev.alexnet.pipelines.fixture.RawTar;
import dev.alexnet.pipelines.fixture.TarBuilder;
import dev.alexnet.pipelines.folder.Split;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training archives that are broken or hostile: found exactly, rejected, or refused by place. */
@Timeout(60)
class BrokenArchiveTest {
  private static final int BLOCK = 512;
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStore store = ObjectStores.standard();
  @TempDir private Path directory;
  private Path archive;

  @BeforeEach
  void setUp() {
    archive = directory.resolve("ILSVRC2012_img_train.tar");
  }

  private Index index(byte[] tar) throws IOException {
    Files.write(archive, tar);
    return Index.of(
        PictureSource.find(
            store,
            new SourceSettings(
                Location.of(archive),
                Split.TRAIN,
                InputLayout.ILSVRC2012,
                null,
                "present",
                ClassOrder.AUTO)));
  }

  private Index indexOfClass(byte[] classTar) throws IOException {
    return index(new TarBuilder().add("n01440764.tar", classTar).build());
  }

  /** Whether the archive was refused; otherwise every picture must be found at its offset. */
  private boolean isRefused(byte[] damaged, List<PictureReference> whole) throws IOException {
    try {
      assertThat(index(damaged).pictures).isEqualTo(whole);
      return false;
    } catch (Failure failure) {
      assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
      assertThat(failure.getMessage()).contains(archive.toString()).containsPattern("byte \\d+");
      return true;
    }
  }

  private int refused(byte[] tar, UnaryOperator<byte[]> damage) throws IOException {
    List<PictureReference> whole = index(tar).pictures;
    assertThat(whole).hasSize(6);
    int refused = 0;
    for (int block = 0; block < tar.length; block += BLOCK) {
      byte[] damaged = tar.clone();
      byte[] wrong = damage.apply(Arrays.copyOfRange(tar, block, block + BLOCK));
      System.arraycopy(wrong, 0, damaged, block, BLOCK);
      refused += isRefused(damaged, whole) ? 1 : 0;
    }
    return refused;
  }

  /** Outer and inner headers are 3 + 6; 4 archives end in two blocks of zeros each. */
  @Test
  void find_anyBlockDamaged_findsEveryPictureOrRefuses() throws IOException {
    byte[] tar = Archives.classTars(Archives.pictures(2)).build();
    Random random = new Random(20121203);

    assertThat(refused(tar, block -> new byte[BLOCK])).isEqualTo(9);
    assertThat(
            refused(
                tar,
                block -> {
                  for (int i = 0; i < BLOCK; i++) {
                    block[i] = (byte) ~block[i];
                  }
                  return block;
                }))
        .isEqualTo(9 + 8);
    assertThat(
            refused(
                tar,
                block -> {
                  int bit = random.nextInt(8 * BLOCK);
                  block[bit / 8] ^= (byte) (1 << bit % 8);
                  return block;
                }))
        .isEqualTo(9 + 8);
  }

  @Test
  void index_gzippedArchives_areNamedAsSuch() throws IOException {
    byte[] gzipped = new byte[2 * BLOCK];
    gzipped[0] = 0x1f;
    gzipped[1] = (byte) 0x8b;
    gzipped[2] = 8;

    assertThatThrownBy(() -> index(gzipped))
        .hasMessage(
            archive
                + " is compressed with gzip, but pictures are read in place; decompress it with"
                + " gunzip");
    assertThatThrownBy(() -> indexOfClass(gzipped))
        .hasMessageContaining(
            "The archive at byte 512 of "
                + archive
                + " is compressed with gzip, but pictures are read in place; decompress it with"
                + " gunzip, and rebuild the outer archive from uncompressed ones");
  }

  @Test
  void find_cutAtAnyBlock_isRefusedUnlessOnlyZerosAreLost() throws IOException {
    byte[] tar = Archives.classTars(Archives.pictures(2)).build();
    List<PictureReference> whole = index(tar).pictures;

    for (int end = 0; end < tar.length; end += BLOCK) {
      // One block of zeros of the two is mark enough.
      boolean wanted = end < tar.length - BLOCK;
      assertThat(isRefused(Arrays.copyOf(tar, end), whole)).as("cut at %d", end).isEqualTo(wanted);
    }
  }

  @Test
  void find_innerArchiveCutAtAnyBlock_isRefusedUnlessOnlyZerosAreLost() throws IOException {
    byte[] inner = new TarBuilder().add("n01440764_1.JPEG", new byte[1300]).build();

    for (int end = 0; end < inner.length; end += BLOCK) {
      int length = end;
      if (end < inner.length - BLOCK) {
        assertThatThrownBy(() -> indexOfClass(Arrays.copyOf(inner, length)))
            .hasMessageStartingWith(
                "The archive at byte 512 of " + archive + " is not a complete tar");
      } else {
        assertThat(indexOfClass(Arrays.copyOf(inner, length)).ids())
            .containsExactly("n01440764_1.JPEG");
      }
    }
  }

  @Test
  void index_strangeNames_keepsEachApart() throws IOException {
    String longest = "n01440764_" + "9".repeat(240) + ".JPEG";
    byte[] names =
        new RawTar()
            .add("n01440764_\u00ff.JPEG".getBytes(StandardCharsets.ISO_8859_1), CONTENT)
            .add("n01440764_\u00fe.JPEG".getBytes(StandardCharsets.ISO_8859_1), CONTENT)
            .add("n01440764_caf\u00e9.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add("n01440764_cafe\u0301.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add("n01440764_1\n2.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add("-rf.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add("C:\\x.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add("http://x.JPEG".getBytes(StandardCharsets.UTF_8), CONTENT)
            .add(new byte[0], CONTENT)
            .build();

    Index index = indexOfClass(names);

    assertThat(index.ids())
        .containsExactly(
            "n01440764_\\xff.JPEG",
            "n01440764_\\xfe.JPEG",
            "n01440764_caf\u00e9.JPEG",
            "n01440764_cafe\u0301.JPEG",
            "n01440764_1\\x0a2.JPEG",
            "n01440764/-rf.JPEG",
            "n01440764/C:\\x.JPEG",
            "n01440764/x.JPEG");
    assertThat(index.reasons()).containsExactly("(no name) UNEXPECTED_NAME");
    assertThat(indexOfClass(new TarBuilder().gnu().add(longest, CONTENT).build()).ids())
        .containsExactly(longest);
  }

  @Test
  void index_everyTypeOfEntry_isAFileADirectoryOrRejected() throws IOException {
    List<Character> files = new ArrayList<>();
    for (char type = 0; type < 256; type++) {
      byte[] header =
          RawTar.header(
              "n01440764_1.JPEG".getBytes(StandardCharsets.US_ASCII), RawTar.size(0), type);
      Index index = indexOfClass(new RawTar().addBlocks(header).build());
      assertThat(index.pictures.size() + index.rejections.size()).isLessThanOrEqualTo(1);
      if (!index.pictures.isEmpty()) {
        files.add(type);
      }
    }
    assertThat(files).containsExactly('\0', '0', '7');
  }

  @Test
  void index_hostileSizes_areRefusedWithoutAllocation() throws IOException {
    byte[] name = "n01440764_1.JPEG".getBytes(StandardCharsets.US_ASCII);
    byte[] negative = new byte[12];
    Arrays.fill(negative, (byte) 0xff);
    byte[] huge = new byte[12];
    huge[0] = (byte) 0x80;
    huge[4] = 0x7f;
    byte[] words = "not a number".getBytes(StandardCharsets.US_ASCII);
    for (byte[] size : List.of(negative, huge, words, RawTar.size(1L << 32))) {
      for (char type : "0LKxgS5".toCharArray()) {
        assertThatThrownBy(
                () -> indexOfClass(new RawTar().addBlocks(RawTar.header(name, size, type)).build()))
            .isInstanceOf(Failure.class)
            .hasMessageContaining("before byte 512");
      }
    }
    // Library readers would allocate the gigabytes that such a header may claim.
    byte[] longName = new byte[2 << 20];
    assertThatThrownBy(
            () ->
                indexOfClass(
                    new RawTar()
                        .addBlocks(RawTar.header(name, RawTar.size(longName.length), 'L'))
                        .addBlocks(longName)
                        .build()))
        .hasMessageContaining("has a name or attributes of 2097152 bytes");
  }

  @Test
  void index_attributesWithAnyByteDamaged_findsAPictureOrRefuses() throws IOException {
    String name = "n01440764_" + "9".repeat(120) + "\u00e9.JPEG";
    byte[] tar = new TarBuilder().pax().add(name, CONTENT).build();
    assertThat(indexOfClass(tar).ids()).containsExactly(name);

    int refused = 0;
    for (int at = BLOCK; at < 2 * BLOCK; at++) {
      byte[] damaged = tar.clone();
      damaged[at] = (byte) ~damaged[at];
      try {
        Index index = indexOfClass(damaged);
        assertThat(index.pictures.size() + index.rejections.size()).isEqualTo(1);
      } catch (Failure failure) {
        refused++;
        assertThat(failure.getMessage()).containsPattern("byte \\d+");
      }
    }
    assertThat(refused).isGreaterThan(3);
  }
}
