package dev.alexnet.tests.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How bin/alexnet starts Java. */
class DistributionLauncherTest {
  private static final String NO_JAVA =
      "alexnet: Java is missing: there is no java on the PATH. Install Java 17 or newer, or set"
          + " JAVA_HOME\n";

  @TempDir Path temporary;

  private Path home;
  private Path script;
  private Programs programs;
  private Launcher launcher;

  @BeforeEach
  void layOut() throws IOException {
    temporary = temporary.toRealPath();
    home = temporary.resolve("a b");
    script = Distribution.withLibraries(home, "alexnet-ops-1.jar");
    programs = Programs.in(temporary.resolve("programs")).with("readlink", "sed", "head");
    programs.with("stty", "cut").script("java", Programs.JAVA);
    launcher =
        new Launcher(script.toString(), temporary, Map.of("PATH", programs.directory().toString()));
  }

  private void assertStarts(Launcher started, String... arguments) throws Exception {
    StartedLauncher.Ended ended = started.run(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out())
        .endsWith("<-cp>", "<" + home + "/lib/alexnet-ops-1.jar>", "<dev.alexnet.ops.cli.Main>");
  }

  private void assertFails(Launcher started, String error) throws Exception {
    StartedLauncher.Ended ended = started.run("--help");
    assertThat(ended.err()).isEqualTo(error);
    assertThat(ended.exitCode()).isEqualTo(78);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void start_argumentsWithBlanksAndPatterns_reachJavaUnchanged() throws Exception {
    String[] arguments = {"a  b", "*", "", "$HOME", "'\"\\", "--", "-cp", "ä€"};
    List<String> out = launcher.run(arguments).out();
    assertThat(out.subList(out.indexOf("<dev.alexnet.ops.cli.Main>") + 1, out.size()))
        .containsExactly("<a  b>", "<*>", "<>", "<$HOME>", "<'\"\\>", "<-->", "<-cp>", "<ä€>");
  }

  @Test
  void start_anywhere_isTheProcessOfJavaInTheSameDirectory() throws Exception {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    StartedLauncher started = launcher.in(elsewhere).start();
    assertThat(started.await().out()).contains("process " + started.id(), "directory " + elsewhere);
  }

  @Test
  void start_optionsOfTheEnvironment_comeLastAndAreNotExpanded() throws Exception {
    Files.createFile(temporary.resolve("-Dpattern=found"));
    List<String> out =
        launcher.with("ALEXNET_JAVA_OPTIONS", " -Xmx8g  -Dpattern=* ").run("--help").out();
    assertThat(out).containsSubsequence("<-Xmn256m>", "<-Xmx8g>", "<-Dpattern=*>", "<-cp>");
    assertThat(out).doesNotContain("<>");
  }

  @Test
  void start_librariesOfAnEngineApart_comeAfterTheOthers() throws Exception {
    Files.createDirectory(home.resolve("engine"));
    Files.createFile(home.resolve("engine/a.jar"));
    assertThat(launcher.run().out())
        .contains("<" + home + "/lib/alexnet-ops-1.jar:" + home + "/engine/a.jar>");
  }

  @Test
  void start_onlyWithSparksLibrary_opensJavasPackages() throws Exception {
    String open = "<--add-opens=java.base/sun.nio.ch=ALL-UNNAMED>";
    assertThat(launcher.run().out()).doesNotContain(open);
    Files.createFile(home.resolve("lib/spark-core_2.12-3.5.0.jar"));
    assertThat(launcher.run().out())
        .contains(
            "<" + home + "/lib/alexnet-ops-1.jar:" + home + "/lib/spark-core_2.12-3.5.0.jar>",
            open,
            "<--add-opens=java.base/java.nio=ALL-UNNAMED>",
            "<--add-opens=java.base/java.lang=ALL-UNNAMED>",
            "<--add-opens=java.base/java.lang.invoke=ALL-UNNAMED>",
            "<--add-opens=java.base/java.util=ALL-UNNAMED>");
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, , C.UTF-8", "LC_ALL, C, C.UTF-8", "LC_ALL, de_DE.UTF-8, de_DE.UTF-8",
    "LANG, en_US.utf8, unset", "LANG, POSIX, C.UTF-8", "LC_CTYPE, C.UTF-8, unset"
  })
  void start_anyLocale_hasAnEncodingOfAllNames(String variable, String value, String expected)
      throws Exception {
    Launcher started = value == null ? launcher : launcher.with(variable, value);
    assertThat(started.run().out()).contains("LC_ALL " + expected);
  }

  @Test
  void start_settingsOfNativeLibraries_areDefaultsThatTheEnvironmentOverrides() throws Exception {
    assertThat(launcher.run().out()).contains("TF_CPP_MIN_LOG_LEVEL 2", "NVIDIA_TF32_OVERRIDE 0");
    Launcher other = launcher.with("TF_CPP_MIN_LOG_LEVEL", "0").with("NVIDIA_TF32_OVERRIDE", "1");
    assertThat(other.run().out()).contains("TF_CPP_MIN_LOG_LEVEL 0", "NVIDIA_TF32_OVERRIDE 1");
  }

  @Test
  void start_withDeterministic_choosesTensorFlowsDeterministicOperations() throws Exception {
    assertThat(launcher.run("train", "--deterministic").out()).contains("TF_DETERMINISTIC_OPS 1");
    assertThat(launcher.run("train").out()).contains("TF_DETERMINISTIC_OPS unset");
    assertThat(launcher.run("score", "--", "--deterministic").out())
        .contains("TF_DETERMINISTIC_OPS unset");
  }

  @Test
  void start_withoutTerminal_leavesColumnsAlone() throws Exception {
    assertThat(launcher.run().out()).contains("COLUMNS unset", "<-Dalexnet.terminal=false>");
    assertThat(launcher.with("COLUMNS", "60").run().out()).contains("COLUMNS 60");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "script takes other options elsewhere")
  void start_onATerminal_passesItsWidthOn() throws Exception {
    programs.with("script");
    Launcher terminal =
        launcher.as(programs.directory().resolve("script")).with("SHELL", "/bin/sh");
    List<String> out =
        terminal.run("-qec", "stty cols 77; exec '" + script + "' --help", "/dev/null").out();
    assertThat(out).contains("COLUMNS 77", "<-Dalexnet.terminal=true>");
  }

  @Test
  void start_withoutJava_exitsWith78AndSaysWhatToDo() throws Exception {
    Files.delete(programs.directory().resolve("java"));
    assertFails(launcher, NO_JAVA);
  }

  @Test
  void start_javaHome_comesBeforeThePathAndMustHaveJava() throws Exception {
    Path javaHome = temporary.resolve("java home");
    Launcher started = launcher.with("JAVA_HOME", javaHome.toString());
    assertFails(
        started,
        "alexnet: JAVA_HOME is '"
            + javaHome
            + "', but it has no bin/java; correct or unset JAVA_HOME\n");
    Programs.in(javaHome.resolve("bin")).script("java", Programs.JAVA);
    Files.delete(programs.directory().resolve("java"));
    assertStarts(started);
  }

  @Test
  void start_onlyWithAJavaThatWarnsOfLibraries_allowsThem() throws Exception {
    String[] allowed = {
      "<--enable-native-access=ALL-UNNAMED>", "<--sun-misc-unsafe-memory-access=allow>"
    };
    assertThat(launcher.run().out()).doesNotContain(allowed);
    programs.script("java", Programs.JAVA.replace("21.0.2", "24"));
    assertThat(launcher.run().out()).contains(allowed);
  }

  @ParameterizedTest
  @CsvSource({"11, 11", "1.8.0_392, 1.8.0_392", "16.0.2, 16.0.2", "'', unknown"})
  void start_javaThatIsAskedAndTooOld_exitsWith78(String version, String named) throws Exception {
    programs.script("java", Programs.JAVA.replace("21.0.2", version));
    assertFails(
        launcher,
        "alexnet: "
            + programs.directory()
            + "/java is version "
            + named
            + "; install Java 17 or newer, or set JAVA_HOME\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"11.0.25", "1.8.0_432"})
  void start_javaWhoseFileSaysTooOld_exitsWith78(String version) throws Exception {
    Path installed = installJava(version);
    assertFails(
        launcher.with("JAVA_HOME", installed.toString()),
        "alexnet: "
            + installed
            + "/bin/java is version "
            + version
            + "; install Java 17 or newer, or set JAVA_HOME\n");
  }

  @Test
  void start_javaWithAFileOfItsVersion_isNotAsked() throws Exception {
    Path installed = installJava("17.0.13");
    Path asked = temporary.resolve("asked");
    Programs.in(installed.resolve("bin"))
        .script("java", Programs.JAVA.replace("exit\n", ": > '" + asked + "'; exit\n"));
    Files.createSymbolicLink(temporary.resolve("alternative"), installed.resolve("bin/java"));
    Path linked = programs.directory().resolve("java");
    Files.delete(linked);
    Files.createSymbolicLink(linked, Path.of("../alternative"));
    assertStarts(launcher);
    assertThat(asked).doesNotExist();
    Files.delete(installed.resolve("release"));
    assertStarts(launcher);
    assertThat(asked).exists();
  }

  @Test
  void start_withAJavaOfItsOwn_takesItAndNoOther() throws Exception {
    Programs.in(home.resolve("runtime/bin")).script("java", Programs.JAVA);
    Files.delete(programs.directory().resolve("java"));
    assertStarts(launcher);
    assertStarts(launcher.with("JAVA_HOME", temporary.resolve("old").toString()));
  }

  @Test
  void start_withAnArchiveOfClasses_readsItUnlessToldOtherwise() throws Exception {
    Path archive = home.resolve("classes.jsa");
    String reads = "<-XX:SharedArchiveFile=" + archive + ">";
    assertThat(launcher.run().out()).doesNotContain(reads);
    Files.createFile(archive);
    assertThat(launcher.run().out()).containsSubsequence(reads, "<-Xlog:cds*=off>", "<-cp>");
    assertThat(launcher.with("ALEXNET_CLASS_ARCHIVE", "ignore").run().out()).doesNotContain(reads);
    assertThat(launcher.with("ALEXNET_CLASS_ARCHIVE", "write").run().out())
        .contains("<-XX:DumpLoadedClassList=" + archive + ".all>")
        .doesNotContain(reads);
  }

  @Test
  void start_onlyWithUnpackedLibraries_saysWhereTheyAre() throws Exception {
    assertThat(launcher.run().out())
        .contains("LD_LIBRARY_PATH unset")
        .noneMatch(line -> line.contains("java.library.path"));
    Path natives = Files.createDirectory(home.resolve("native"));
    assertThat(launcher.run().out())
        .contains("LD_LIBRARY_PATH " + natives)
        .containsSubsequence("<-Djava.library.path=" + natives + ">", "<-cp>");
    assertThat(launcher.with("LD_LIBRARY_PATH", "/driver").run().out())
        .contains("LD_LIBRARY_PATH " + natives + ":/driver");
  }

  private Path installJava(String version) throws IOException {
    Path installed = temporary.resolve("installed");
    Programs.in(installed.resolve("bin")).script("java", Programs.JAVA);
    Files.writeString(
        installed.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"99\"\nJAVA_VERSION=\""
            + version
            + "\"\n");
    return installed;
  }

  @Test
  void start_bySymbolicLinks_findsItsLibraries() throws Exception {
    Path links = Files.createDirectory(temporary.resolve("links"));
    Path absolute = Files.createSymbolicLink(links.resolve("absolute"), script);
    Path relative =
        Files.createSymbolicLink(links.resolve("relative"), Path.of("../a b/bin/alexnet"));
    Path chain = Files.createSymbolicLink(links.resolve("chain"), Path.of("relative"));
    Path bin = Files.createSymbolicLink(links.resolve("bin"), script.getParent());
    for (Path link : List.of(absolute, relative, chain, bin.resolve("alexnet"))) {
      assertStarts(launcher.as(link));
    }
    assertStarts(launcher.in(links).as("./chain"));
    assertStarts(launcher.with("CDPATH", links.toString()).as("a b/bin/alexnet"));
  }

  @Test
  void start_byNameAlone_findsItsLibraries() throws Exception {
    assertStarts(launcher.as("/bin/sh").in(script.getParent()), "alexnet");
  }

  @Test
  void start_aDirectoryWithAColon_exitsWith78() throws Exception {
    Path colon = temporary.resolve("a:b");
    assertFails(
        launcher.as(Distribution.withLibraries(colon, "alexnet-ops-1.jar")),
        "alexnet: the path "
            + colon
            + " contains a colon, which separates the entries of Java's class path; move or rename the"
            + " directory\n");
  }

  @Test
  void start_aCopyWithoutLibraries_exitsWith78() throws Exception {
    Path local = temporary.resolve("local");
    assertFails(
        launcher.as(Distribution.withLibraries(local, "other-1.jar")),
        "alexnet: the libraries of AlexNet are missing in "
            + local
            + "/lib; unpack the distribution again, and start bin/alexnet inside it or through a symbolic link\n");
  }
}
