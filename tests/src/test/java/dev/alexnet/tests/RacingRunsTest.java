package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two conversions with different seeds into one directory: one succeeds, the other is refused. */
class RacingRunsTest {
  @TempDir Path directory;
  private final List<Map<String, String>> undisturbed = new ArrayList<>();

  @BeforeEach
  void convertUndisturbed() throws Exception {
    SmallArchives.draw(directory.resolve("archives"), 4, List.of());
    for (int seed = 0; seed < 2; seed++) {
      AlexnetProcess.Ended ended =
          AlexnetProcess.start(directory, convert("alone" + seed, seed)).await();
      assertThat(ended.exitCode()).as(ended.err()).isZero();
      undisturbed.add(FileHashes.of(directory.resolve("alone" + seed)));
    }
    assertThat(undisturbed.get(0)).isNotEqualTo(undisturbed.get(1));
  }

  private static List<String> convert(String output, int seed) {
    return List.of(
        "convert",
        "--input=archives",
        "--output=" + output,
        "--classes=present",
        "--shards=2",
        "--size=56",
        "--seed=" + seed);
  }

  @Test
  void convert_twoAtOnceIntoOneDirectory_oneWorksAndTheOtherExitsWith73() throws Exception {
    race(2);
  }

  @Test
  @Tag("endurance")
  void convert_twoHundredRaces_neverMix() throws Exception {
    race(200);
  }

  private void race(int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      String output = "race" + round;
      AlexnetProcess first = AlexnetProcess.start(directory, convert(output, 0));
      AlexnetProcess second = AlexnetProcess.start(directory, convert(output, 1));
      List<AlexnetProcess.Ended> ended = List.of(first.await(), second.await());

      int winner = ended.get(0).exitCode() == 0 ? 0 : 1;
      AlexnetProcess.Ended loser = ended.get(1 - winner);
      assertThat(ended.get(winner).exitCode()).as(ended.get(winner).err()).isZero();
      assertThat(loser.exitCode()).as(loser.err()).isEqualTo(73);
      // The second message is for a loser that starts after the winner has finished.
      assertThat(loser.err())
          .containsAnyOf("Another run is working in " + output, "made with seed '" + winner + "'");
      assertThat(FileHashes.of(directory.resolve(output))).isEqualTo(undisturbed.get(winner));
    }
  }
}
