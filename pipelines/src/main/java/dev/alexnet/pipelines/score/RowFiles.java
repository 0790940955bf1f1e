package dev.alexnet.pipelines.score;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.DatasetManifest;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.ResultOutput;
import dev.alexnet.pipelines.output.ShardLedger;
import dev.alexnet.pipelines.output.WrittenFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The locations of the prediction rows and of kept probabilities. The rows of a small set are
 * joined into one file. Those of a large set stay as the workers wrote them, one file per shard of
 * the dataset, so that no machine has to process them all.
 */
final class RowFiles {
  /** The directory of files that exist only until the scores are written. */
  private static final String LEDGER = ".score";

  private static final Pattern NAME =
      Pattern.compile("predictions-\\d+-of-\\d+\\.jsonl|probabilities-\\d+-of-\\d+\\.npy");

  private final ObjectStore store;
  private final Location output;
  private final ResultOutput place;
  private final DatasetManifest manifest;
  private final int shards;
  private final boolean joined;
  private final boolean probabilities;

  RowFiles(ObjectStore store, ScoreSettings settings, DatasetManifest manifest) {
    this.store = store;
    this.output = settings.output();
    this.place = outputOf(store, output);
    this.manifest = manifest;
    this.shards = manifest.shards().size();
    this.probabilities = settings.keepProbabilities();
    this.joined = manifest.records() <= settings.joinUpTo();
  }

  /** The directory of the scores. */
  static ResultOutput outputOf(ObjectStore store, Location output) {
    return new ResultOutput(store, output, Scores.FILE, LEDGER);
  }

  ShardLedger ledger() {
    return place.ledger();
  }

  boolean joined() {
    return joined;
  }

  int shards() {
    return shards;
  }

  /** The file that a shard's rows are written to. */
  Location rows(int shard) {
    return joined
        ? place.ledger().file(numbered("predictions-%05d.jsonl", shard))
        : output.resolve(name(shard));
  }

  private String name(int shard) {
    return numbered("predictions-%05d-of-%05d.jsonl", shard, shards);
  }

  /** The file with the data of a shard that the search for weights needs. */
  Location candidates(int shard) {
    return place.ledger().file(numbered("contenders-%05d.bin", shard));
  }

  /** The file that a shard's probabilities are written to. */
  Location probabilities(int shard) {
    return output.resolve(probabilityName(shard));
  }

  private String probabilityName(int shard) {
    return numbered("probabilities-%05d-of-%05d.npy", shard, shards);
  }

  private static String numbered(String name, Object... numbers) {
    return String.format(Locale.ROOT, name, numbers);
  }

  /** The names of the final files, in the order of the images. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    if (joined) {
      names.add(Scores.PREDICTIONS);
    }
    for (int shard = 0; shard < shards; shard++) {
      if (!joined) {
        names.add(name(shard));
      }
      if (probabilities) {
        names.add(probabilityName(shard));
      }
    }
    return names;
  }

  /** The files of probabilities, with their sizes and checksums. */
  List<Shard> writtenProbabilities() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int index = 0; index < shards && probabilities; index++) {
      rows.put(probabilityName(index), manifest.shards().get(index).records());
    }
    return WrittenFiles.described(store, output, rows);
  }

  /** The files of rows, with their sizes and checksums. */
  List<Shard> written() {
    Map<String, Long> rows = new LinkedHashMap<>();
    if (joined) {
      rows.put(Scores.PREDICTIONS, manifest.records());
    }
    for (int index = 0; index < shards && !joined; index++) {
      rows.put(name(index), manifest.shards().get(index).records());
    }
    return WrittenFiles.described(store, output, rows);
  }

  /** Whether a file has the name of one of these, of this run or of an unfinished one. */
  static boolean isOfScores(String name) {
    return name.equals(Scores.PREDICTIONS) || NAME.matcher(name).matches();
  }
}
