package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ClassLabel;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.Labels;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.pipelines.devkit.DevkitClasses;
import dev.alexnet.pipelines.inference.ShardBatches;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code submission.txt}: the format of ILSVRC's servers and evaluators, one line of up to five
 * devkit ids per picture, in the order of the pictures' numbers.
 */
final class Submission {
  /**
   * No class has this id, so it can only mean no guess. But in everything published about the
   * format, ids start at 1, so a file with such lines may be refused.
   */
  private static final String NO_GUESS = "0 0 0 0 0";

  /**
   * The size of the largest test set, that of 2010. Greater numbers are not ILSVRC's, but for
   * example dates.
   */
  private static final int MOST_PICTURES = 150_000;

  private static final Pattern NUMBERED = Pattern.compile("(.*_)(\\d{8})\\.\\w+");

  private final ObjectStore store;
  private final Dataset dataset;
  private final List<Integer> ids;

  /**
   * @param model the classes that are guessed
   * @param place the devkit
   * @throws Failure of kind MISMATCH if it does not have all of these classes
   */
  Submission(ObjectStore store, Dataset dataset, Labels model, Location place) {
    this.store = store;
    this.dataset = dataset;
    this.ids = ids(dataset, model, DevkitClasses.read(store, place), place);
  }

  /** The devkit's id for every label. */
  private static List<Integer> ids(
      Dataset dataset, Labels model, DevkitClasses devkit, Location place) {
    Map<String, Integer> idOfWnid = new HashMap<>();
    devkit.byId().forEach((id, label) -> idOfWnid.put(label.wnid(), id));
    List<ClassLabel> classes = model.classes();
    if (!classes.stream().allMatch(label -> idOfWnid.containsKey(label.wnid()))) {
      Labels known = new Labels(List.copyOf(devkit.byId().values()));
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The classes of "
              + dataset.location()
              + " and of the devkit "
              + place
              + " differ: "
              + model.differenceFrom(known)
              + ". Give the devkit of the pictures' year with --devkit");
    }
    return classes.stream().map(label -> idOfWnid.get(label.wnid())).toList();
  }

  /**
   * Writes the file. Holds all lines in memory, because ILSVRC's test sets are small.
   *
   * @param held the store to write with
   * @param directory the directory of the scores
   * @return how many lines belong to pictures without a prediction
   */
  long write(ObjectStore held, Location directory, Scores scores) {
    Map<String, String> lines = new TreeMap<>();
    int unnamed = readPredictions(directory, scores, lines);
    readRejected(lines);
    List<String> ordered = inOrder(lines, lines.size() + unnamed);
    held.write(
        directory.resolve(Scores.SUBMISSION),
        ordered.stream()
            .collect(Collectors.joining("\n", "", "\n"))
            .getBytes(StandardCharsets.US_ASCII));
    return ordered.stream().filter(NO_GUESS::equals).count();
  }

  /** Reads the lines of all pictures with known names, and counts the others. */
  private int readPredictions(Location directory, Scores scores, Map<String, String> lines) {
    AtomicInteger unnamed = new AtomicInteger();
    Predictions.read(
        store,
        directory,
        scores,
        (row, prediction, where) -> {
          if (isNamed(prediction)) {
            lines.put(prediction.image(), guesses(prediction));
          } else {
            unnamed.incrementAndGet();
          }
        });
    return unnamed.get();
  }

  /** A record that cannot be read is named by its position, which is not a picture's name. */
  private boolean isNamed(Prediction prediction) {
    return prediction.kind() != Prediction.Kind.UNDECODABLE
        || dataset.manifest().shards().stream()
            .noneMatch(shard -> prediction.image().startsWith(ShardBatches.nameOf(shard, "")));
  }

  private String guesses(Prediction prediction) {
    return prediction.top5().isEmpty()
        ? NO_GUESS
        : prediction.top5().stream()
            .map(label -> ids.get(label).toString())
            .collect(Collectors.joining(" "));
  }

  private void readRejected(Map<String, String> lines) {
    Location rejected = dataset.location().resolve(Dataset.REJECTED);
    if (!store.exists(rejected)) {
      return;
    }
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(ObjectStream.open(store, rejected), StandardCharsets.UTF_8))) {
      for (String row = reader.readLine(); row != null; row = reader.readLine()) {
        byte[] json = row.getBytes(StandardCharsets.UTF_8);
        lines.putIfAbsent(Json.read(json, Rejection.class, rejected).image(), NO_GUESS);
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", rejected, e);
    }
  }

  /**
   * Orders the lines by picture number if every picture has one, so that a missing picture does not
   * shift the others; otherwise by name.
   *
   * @param pictures the number of pictures, including those without a name
   */
  static List<String> inOrder(Map<String, String> lines, int pictures) {
    SortedMap<Integer, String> byNumber = new TreeMap<>();
    Set<String> prefixes = new HashSet<>();
    lines.forEach(
        (name, guesses) -> {
          Matcher matcher = NUMBERED.matcher(name);
          if (matcher.matches()) {
            prefixes.add(matcher.group(1));
            byNumber.put(Integer.valueOf(matcher.group(2)), guesses);
          }
        });
    if (byNumber.size() < lines.size()
        || prefixes.size() != 1
        || byNumber.firstKey() == 0
        || byNumber.lastKey() > MOST_PICTURES) {
      return List.copyOf(lines.values());
    }
    int length = Math.max(pictures, byNumber.lastKey());
    List<String> ordered = new ArrayList<>(Collections.nCopies(length, NO_GUESS));
    byNumber.forEach((number, guesses) -> ordered.set(number - 1, guesses));
    return ordered;
  }
}
