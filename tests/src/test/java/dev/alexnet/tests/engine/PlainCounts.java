package dev.alexnet.tests.engine;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.prediction.Predictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/**
 * Top-k errors counted in the simplest way: one image after another, in one thread, without an
 * engine.
 *
 * @param rights for 1 to 5 guesses, how many images are right, in parts of {@link #PARTS}
 * @param rows {@code label guess guess…} of each image, or what is wrong with it
 */
record PlainCounts(
    long images, long scored, long undecodable, long tied, List<Long> rights, List<String> rows) {
  /** A multiple of every number of classes that can tie here. */
  private static final long PARTS = 420;

  private static final String UNDECODABLE = "undecodable";

  static PlainCounts of(Dataset dataset, Location model) throws IOException {
    long tied = 0;
    long[] rights = new long[5];
    List<String> rows = new ArrayList<>();
    try (Predictor predictor = Predictor.load(ObjectStores.standard(), model)) {
      for (byte[] data : records(dataset)) {
        Optional<ImageRecord> record = read(dataset, data);
        Optional<float[]> predicted = record.flatMap(image -> predict(predictor, image));
        if (predicted.isEmpty()) {
          rows.add(UNDECODABLE);
          continue;
        }
        float[] probabilities = predicted.get();
        float own = probabilities[(int) record.get().label()];
        long better = count(probabilities, own, 1);
        long equal = count(probabilities, own, 0);
        tied += equal > 1 ? 1 : 0;
        for (int guesses = 1; guesses <= 5; guesses++) {
          long places = Math.max(0, Math.min(equal, guesses - better));
          rights[guesses - 1] += PARTS * places / equal;
        }
        rows.add(row(record.get().label(), probabilities));
      }
    }
    long undecodable = rows.stream().filter(UNDECODABLE::equals).count();
    return new PlainCounts(
        rows.size(),
        rows.size() - undecodable,
        undecodable,
        tied,
        Arrays.stream(rights).boxed().toList(),
        rows);
  }

  /** Empty if it is not a record, or its class does not exist. */
  private static Optional<ImageRecord> read(Dataset dataset, byte[] data) {
    try {
      ImageRecord record = dataset.manifest().codec().decode(data, "a record");
      boolean known = record.label() < dataset.manifest().classes().size();
      return known ? Optional.of(record) : Optional.empty();
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  private static Optional<float[]> predict(Predictor predictor, ImageRecord record) {
    try {
      return Optional.of(predictor.predict(List.of(record.image()))[0]);
    } catch (TFInvalidArgumentException e) {
      return Optional.empty();
    }
  }

  private static List<byte[]> records(Dataset dataset) throws IOException {
    List<byte[]> records = new ArrayList<>();
    for (Shard shard : dataset.manifest().shards()) {
      try (TfRecordReader reader = dataset.read(shard)) {
        for (byte[] record = reader.next(); record != null; record = reader.next()) {
          records.add(record);
        }
      }
    }
    return records;
  }

  private static long count(float[] probabilities, float own, int sign) {
    return IntStream.range(0, probabilities.length)
        .filter(i -> Float.compare(probabilities[i], own) == sign)
        .count();
  }

  private static String row(long label, float[] probabilities) {
    String guesses =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparing(i -> -probabilities[i]))
            .limit(5)
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
    return label + ": " + guesses;
  }

  double error(int guesses) {
    return 1 - (double) rights.get(guesses - 1) / PARTS / scored;
  }
}
