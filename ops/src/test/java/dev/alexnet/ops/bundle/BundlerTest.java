package dev.alexnet.ops.bundle;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.infra.text.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlerTest {
  @TempDir private Path temporary;

  private Path home;
  private Path output;

  @BeforeEach
  void layOut() throws IOException {
    home = temporary.resolve("a b");
    output = temporary.resolve("parts");
    SmallDistribution.at(home);
  }

  private Bundle bundle() {
    return bundle(BundleSettings.CPU, SmallDistribution.java(temporary), "64K");
  }

  private Bundle bundle(Setting<Boolean> kind, JavaRuntime java, String size) {
    return new Bundler(ObjectStores.standard(), new Distribution(home), java)
        .run(
            BundleSettings.builder()
                .set(kind, true)
                .set(BundleSettings.OUTPUT, Location.of(output))
                .set(BundleSettings.PART_SIZE, ByteSize.parse(size))
                .build(),
            Progress.SILENT);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What {@code sh join} says, after its exit code. */
  private String join(Path target) throws Exception {
    Process process =
        new ProcessBuilder("sh", output.resolve("join").toString(), target.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + "\n" + said;
  }

  private Path target() throws IOException {
    return Files.createDirectory(temporary.resolve("the server"));
  }

  @Test
  void run_aDistribution_isPartsThatJoinUnpacks() throws Exception {
    Bundle bundle = bundle();
    assertThat(bundle.name()).isEqualTo("alexnet-cpu");
    assertThat(bundle.parts()).isEqualTo(3);
    assertThat(names())
        .containsExactly(
            "alexnet-cpu.part-001", "alexnet-cpu.part-002", "alexnet-cpu.part-003", "join");
    assertThat(output.resolve("alexnet-cpu.part-001")).hasSize(1 << 16);

    Path target = target();
    assertThat(join(target))
        .isEqualTo("0\n3 parts are sound. Start " + target + "/alexnet-cpu/alexnet\n");
    Path unpacked = target.resolve("alexnet-cpu");
    assertThat(unpacked.resolve("lib/library-1.jar"))
        .hasSameBinaryContentAs(home.resolve("lib/library-1.jar"));
    assertThat(unpacked.resolve("runtime/bin/java")).isExecutable();
    assertThat(unpacked.resolve("runtime/release")).isNotEmptyFile();
    Process started =
        new ProcessBuilder(unpacked.resolve("alexnet").toString(), "run")
            .redirectErrorStream(true)
            .start();
    assertThat(new String(started.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("started run\n");
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).containsExactly(unpacked);
    }
  }

  @Test
  void run_twice_hasTheSameBytes() throws Exception {
    bundle();
    Path first = temporary.resolve("first");
    Files.move(output, first);
    Files.setLastModifiedTime(home.resolve("lib/library-1.jar"), FileTime.fromMillis(0));
    bundle();
    for (String name : names()) {
      assertThat(output.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
    }
  }

  @Test
  void run_withFewerPartsThanBefore_deletesTheOthers() throws Exception {
    bundle();
    bundle(BundleSettings.CPU, SmallDistribution.java(temporary), "1M");
    assertThat(names()).containsExactly("alexnet-cpu.part-001", "join");
  }

  @Test
  void run_whereAFileIs_isRefusedAndLeavesIt() throws Exception {
    Files.writeString(output, "mine");

    assertThatFailure(() -> bundle())
        .isOfKind(Failure.Kind.USAGE)
        .hasMessage(output + " is a file; --output is the directory for the parts");
    assertThat(output).hasContent("mine");
  }

  @Test
  void join_aDamagedAndAMissingPart_namesBothAndUnpacksNothing() throws Exception {
    bundle();
    Path damaged = output.resolve("alexnet-cpu.part-001");
    byte[] bytes = Files.readAllBytes(damaged);
    bytes[1000] ^= 1;
    Files.write(damaged, bytes);
    Files.delete(output.resolve("alexnet-cpu.part-003"));
    Path target = target();
    assertThat(join(target))
        .matches(
            "(?s)65\njoin: alexnet-cpu.part-001 is damaged or belongs to another bundle; copy it again."
                + " Its SHA-256 is \\p{XDigit}{64} instead of \\p{XDigit}{64}\n"
                + "join: alexnet-cpu.part-003 is missing in \\S+/parts; copy it there\n"
                + "join: nothing was unpacked\n");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void join_aPartOfAnotherBundle_namesItAndUnpacksNothing() throws Exception {
    bundle();
    Path part = output.resolve("alexnet-cpu.part-002");
    byte[] own = Files.readAllBytes(part);
    Files.writeString(home.resolve("lib/alexnet-ops-1.jar"), "other");
    bundle();
    Files.write(part, own);
    Path target = target();
    assertThat(join(target))
        .startsWith("65\njoin: alexnet-cpu.part-002 is damaged or belongs to another bundle; ");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void join_overAnEarlierOne_isRefused() throws Exception {
    bundle();
    Path target = target();
    join(target);
    assertThat(join(target))
        .isEqualTo(
            "73\njoin: " + target + "/alexnet-cpu exists; delete it, or give another directory\n");
  }

  @Test
  void run_forGpusWithTheCpuBuild_saysHowToBuildTheOther() {
    assertMismatch(
        () -> bundle(BundleSettings.GPU, SmallDistribution.java(temporary), "1M"),
        "The distribution in "
            + home
            + " has TensorFlow's CPU build and no CUDA libraries. Build one with both:"
            + " ALEXNET_PROFILES=gpu,natives ./alexnet bundle --gpu");
  }

  @Test
  void run_forCpusWithTheGpuBuild_saysHowToBuildTheOther() throws IOException {
    Files.createFile(home.resolve("lib/tensorflow-core-native-1.1.0-linux-x86_64-gpu.jar"));
    assertMismatch(
        this::bundle,
        "The distribution in "
            + home
            + " has TensorFlow's GPU build. Build another: ALEXNET_PROFILES=natives ./alexnet bundle --cpu");
  }

  @Test
  void run_forGpusWithCudasLibraries_hasThem() throws Exception {
    Files.createDirectory(home.resolve("native"));
    Files.writeString(home.resolve("native/libcudart.so.12"), "cuda");
    assertThat(bundle(BundleSettings.GPU, SmallDistribution.java(temporary), "1M").name())
        .isEqualTo("alexnet-gpu");
    Path target = target();
    join(target);
    assertThat(target.resolve("alexnet-gpu/native/libcudart.so.12")).hasContent("cuda");
  }

  @Test
  void run_withAJavaThatCannotLink_saysWhatToInstall() {
    assertMismatch(
        () -> bundle(BundleSettings.CPU, new JavaRuntime(temporary, Optional.empty()), "1M"),
        "The bundle gets its Java from the JDK that runs this program, and "
            + temporary
            + " is not enough: it has no jlink. Install a whole JDK, such as"
            + " openjdk-17-jdk-headless, or set JAVA_HOME to one");
    assertMismatch(
        () ->
            bundle(
                BundleSettings.CPU, new JavaRuntime(temporary, Optional.of(new Failing())), "1M"),
        "The bundle gets its Java from the JDK that runs this program, and "
            + temporary
            + " is not enough: its jlink says: Module java.base not found. Install a whole JDK, such as"
            + " openjdk-17-jdk-headless, or set JAVA_HOME to one");
    assertThat(output).doesNotExist();
  }

  @Test
  void run_startedWithoutADistribution_saysSo() throws IOException {
    Files.delete(home.resolve("bin/alexnet"));
    assertMismatch(
        this::bundle,
        "bundle packs the distribution that it is started from, and "
            + home
            + " is not one. Start it with ./alexnet of a checkout or bin/alexnet of a distribution");
  }

  private static void assertMismatch(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.MISMATCH))
        .hasMessage(message);
  }

  private static final class Failing implements ToolProvider {
    @Override
    public String name() {
      return "jlink";
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... arguments) {
      out.println("Module java.base not found");
      return 1;
    }
  }
}
