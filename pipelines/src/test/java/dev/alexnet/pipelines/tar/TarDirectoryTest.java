package dev.alexnet.pipelines.tar;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.fixture.TarBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarDirectoryTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

  private final ObjectStore store = ObjectStores.standard();
  private final List<Rejection> rejections = new ArrayList<>();
  private final List<String> ignored = new ArrayList<>();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void setUp() {
    file = directory.resolve("a.tar");
  }

  private List<TarMember> list(byte[] tar) throws IOException {
    Files.write(file, tar);
    return TarDirectory.of(store, Location.of(file))
        .list(store, rejections::add, ignored::add)
        .members();
  }

  private TarMember member(String path, long offset, long length) {
    return new TarMember(Location.of(file), path, offset, length);
  }

  @Test
  void list_plainFiles_givesNamesOffsetsAndLengths() throws IOException {
    byte[] tar = new TarBuilder().add("one.JPEG", CONTENT).add("two.JPEG", new byte[1000]).build();

    assertThat(list(tar))
        .containsExactly(member("one.JPEG", 512, 7), member("two.JPEG", 1536, 1000));
    assertThat(rejections).isEmpty();
  }

  @Test
  void list_archiveWithinAnArchive_givesOffsetsInTheOuterOne() throws IOException {
    byte[] inner = new TarBuilder().add("one.JPEG", CONTENT).build();
    Files.write(file, new TarBuilder().add("a", new byte[3]).add("n1.tar", inner).build());

    List<TarMember> members =
        TarDirectory.within(Location.of(file), 0, 1536, inner.length)
            .list(store, rejections::add, ignored::add)
            .members();

    assertThat(members).containsExactly(member("one.JPEG", 2048, 7));
    assertThat(Arrays.copyOfRange(Files.readAllBytes(file), 2048, 2055)).isEqualTo(CONTENT);
  }

  @Test
  void list_longNamesOfGnuAndPax_givesThemWhole() throws IOException {
    String name = "folder/".repeat(30) + "n01440764_1.JPEG";

    assertThat(list(new TarBuilder().gnu().add(name, CONTENT).build()))
        .extracting(TarMember::path, TarMember::name, TarMember::length)
        .containsExactly(tuple(name, "n01440764_1.JPEG", 7L));
    assertThat(list(new TarBuilder().pax().add("é" + name, CONTENT).build()))
        .extracting(TarMember::path, TarMember::length)
        .containsExactly(tuple("é" + name, 7L));
  }

  @Test
  void list_directoriesAndHiddenFiles_leavesThemOutAndNamesTheFiles() throws IOException {
    byte[] tar =
        new TarBuilder()
            .addDirectory("folder")
            .add("folder/._one.JPEG", CONTENT)
            .add("..JPEG", CONTENT)
            .build();

    assertThat(list(tar)).isEmpty();
    assertThat(rejections).isEmpty();
    assertThat(ignored).containsExactly("folder/._one.JPEG", "..JPEG");
  }

  @Test
  void list_linksDevicesAndNamesThatPointOut_rejectsThem() throws IOException {
    byte[] tar =
        new TarBuilder()
            .addLink("link.JPEG", "/etc/passwd")
            .addDevice("device.JPEG")
            .add("../up.JPEG", CONTENT)
            .add("/absolute.JPEG", CONTENT)
            .add("good..name.JPEG", CONTENT)
            .build();

    assertThat(list(tar)).extracting(TarMember::path).containsExactly("good..name.JPEG");
    assertThat(rejections)
        .extracting(Rejection::image, Rejection::reason, Rejection::offset)
        .containsExactly(
            tuple("link.JPEG", "NOT_A_FILE", 512L),
            tuple("device.JPEG", "NOT_A_FILE", 1024L),
            tuple("../up.JPEG", "UNSAFE_NAME", 1536L),
            tuple("/absolute.JPEG", "UNSAFE_NAME", 2560L));
  }

  @ParameterizedTest
  // Within the first header, its content, at the border of two files, within the second, at its
  // end, where the end-of-archive marker is missing.
  @ValueSource(ints = {0, 100, 515, 1024, 1100, 2000, 2560})
  void list_archiveThatWasCut_fails(int length) throws IOException {
    byte[] tar = new TarBuilder().add("one.JPEG", CONTENT).add("two.JPEG", new byte[1000]).build();

    assertThatThrownBy(() -> list(Arrays.copyOf(tar, length)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(file + " is not a complete tar archive: ")
        .extracting(e -> ((Failure) e).kind())
        .isEqualTo(Failure.Kind.BAD_DATA);
  }

  @Test
  void list_somethingElse_fails() {
    byte[] page =
        "<!DOCTYPE html><title>Sign in</title>".repeat(100).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> list(page)).hasMessageContaining("is not a complete tar archive");
  }

  @Test
  void list_headerWithWrongChecksum_fails() throws IOException {
    byte[] tar = new TarBuilder().add("one.JPEG", CONTENT).build();
    tar[0] = 'X';

    assertThatThrownBy(() -> list(tar))
        .hasMessageContaining("the header before byte 512 is damaged");
  }

  @Test
  void list_zerosInTheMiddle_failsInsteadOfEndingThere() throws IOException {
    byte[] tar =
        new TarBuilder()
            .add("one.JPEG", CONTENT)
            .add("lost.JPEG", CONTENT)
            .add("two.JPEG", new byte[3 << 20])
            .build();
    Arrays.fill(tar, 1024, 2048, (byte) 0);

    assertThatThrownBy(() -> list(tar))
        .hasMessageContaining("bytes follow the end-of-archive marker, at byte 1024");
  }

  /** A block of content may be lost without a trace in the headers; a member never is. */
  @Test
  void list_anyBlockZeroedOrCutAway_failsOrGivesEveryMember() throws IOException {
    byte[] content = new byte[1300];
    Arrays.fill(content, (byte) 'x');
    byte[] inner = new TarBuilder().add("1.JPEG", content).add("2.JPEG", content).build();
    byte[] tar = new TarBuilder().add("n1.tar", inner).add("n2.tar", inner).build();
    List<TarMember> whole = list(tar);

    int failures = 0;
    for (int block = 0; block < tar.length; block += 512) {
      byte[] zeroed = tar.clone();
      Arrays.fill(zeroed, block, block + 512, (byte) 0);
      failures += failsOrGives(whole, zeroed);
      failures += failsOrGives(whole, Arrays.copyOf(tar, block));
    }
    assertThat(failures).isGreaterThan(10);
    for (int block = 512; block < 512 + inner.length; block += 512) {
      byte[] zeroed = tar.clone();
      Arrays.fill(zeroed, block, block + 512, (byte) 0);
      Files.write(file, zeroed);
      try {
        assertThat(
                TarDirectory.within(Location.of(file), 0, 512, inner.length)
                    .list(store, rejections::add, ignored::add)
                    .members())
            .extracting(TarMember::path)
            .containsExactly("1.JPEG", "2.JPEG");
      } catch (Failure failure) {
        assertThat(failure)
            .hasMessageStartingWith("The archive at byte 512 of " + file + " is not a complete");
      }
    }
  }

  private int failsOrGives(List<TarMember> whole, byte[] damaged) throws IOException {
    try {
      assertThat(list(damaged)).isEqualTo(whole);
      return 0;
    } catch (Failure failure) {
      assertThat(failure).hasMessageStartingWith(file + " is not a complete tar archive: ");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.BAD_DATA);
      return 1;
    }
  }

  @Test
  void list_missingArchive_fails() {
    assertThatThrownBy(() -> TarDirectory.of(store, Location.of(file)))
        .isInstanceOf(Failure.class)
        .extracting(e -> ((Failure) e).kind())
        .isEqualTo(Failure.Kind.INPUT_MISSING);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void list_unreadableDisk_isNotReportedAsDamage() {
    // Nothing is mapped at address 0 of a process, so reading there fails as a broken disk does.
    Location unreadable = new Location("/proc/self/mem");

    assertThatFailure(
            () ->
                TarDirectory.within(unreadable, 0, 0, 10_240)
                    .list(store, rejections::add, ignored::add))
        .isOfKind(Failure.Kind.INPUT_OUTPUT)
        .hasMessage(
            "Cannot read /proc/self/mem: Input/output error; check the disk,"
                + " then run the same command again");
  }
}
