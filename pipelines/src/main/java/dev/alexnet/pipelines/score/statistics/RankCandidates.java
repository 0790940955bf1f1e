package dev.alexnet.pipelines.score.statistics;

import dev.alexnet.infra.failure.Failure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The predictions of several models for one image, reduced to what determines the rank of the
 * image's class under any weights of the models: the probabilities of that class, and those of the
 * classes that at least one model finds as probable. A class that every model finds less probable
 * ranks lower under any weights, so a few dozen of a thousand classes remain.
 */
public final class RankCandidates {
  /**
   * Means are rounded to floats, and values whose ratio is closer to 1 than this could be rounded
   * to the same float.
   */
  private static final double CLEARLY = 1 - 1e-6;

  /** Below this value the rounding error of floats is no longer relative. */
  private static final float SMALLEST = 1e-30f;

  /** {@code [models][1 + candidates]}, the image's class first. */
  private final float[][] probabilities;

  private RankCandidates(float[][] probabilities) {
    this.probabilities = probabilities;
  }

  /**
   * @param each {@code [models][images][classes]}
   * @throws Failure of kind NOT_FINITE if a probability of the image is not finite
   */
  public static RankCandidates of(List<float[][]> each, int image, int label) {
    each.forEach(ofModel -> Rank.requireFinite(ofModel[image]));
    int classes = each.get(0)[image].length;
    List<Integer> kept = new ArrayList<>();
    kept.add(label);
    for (int other = 0; other < classes; other++) {
      if (other != label && !isBehind(each, image, other, label)) {
        kept.add(other);
      }
    }
    float[][] probabilities = new float[each.size()][kept.size()];
    for (int model = 0; model < each.size(); model++) {
      for (int place = 0; place < kept.size(); place++) {
        probabilities[model][place] = each.get(model)[image][kept.get(place)];
      }
    }
    return new RankCandidates(probabilities);
  }

  private static boolean isBehind(List<float[][]> each, int image, int other, int label) {
    for (float[][] ofModel : each) {
      float own = ofModel[image][label];
      if (own < SMALLEST || ofModel[image][other] >= own * CLEARLY) {
        return false;
      }
    }
    return true;
  }

  /**
   * The rank of the class in the weighted mean.
   *
   * @param shares the share of each model, as {@code Ensemble} averages them
   */
  Rank rank(double[] shares) {
    float own = mean(shares, 0);
    int greater = 0;
    int tied = 1;
    for (int place = 1; place < probabilities[0].length; place++) {
      float other = mean(shares, place);
      greater += other > own ? 1 : 0;
      tied += other == own ? 1 : 0;
    }
    return new Rank(greater, tied);
  }

  private float mean(double[] shares, int place) {
    double sum = 0;
    for (int model = 0; model < shares.length; model++) {
      sum += shares[model] * probabilities[model][place];
    }
    return (float) sum;
  }

  public void write(DataOutputStream stream) throws IOException {
    stream.writeInt(probabilities[0].length);
    for (float[] ofModel : probabilities) {
      for (float probability : ofModel) {
        stream.writeFloat(probability);
      }
    }
  }

  /** Writes the end marker of a file; without it the file is truncated. */
  public static void writeEnd(DataOutputStream stream) throws IOException {
    stream.writeInt(0);
  }

  /** Reads the images of a file up to the end marker. */
  public static List<RankCandidates> readAll(DataInputStream stream, int models)
      throws IOException {
    List<RankCandidates> images = new ArrayList<>();
    for (int classes = stream.readInt(); classes > 0; classes = stream.readInt()) {
      float[][] probabilities = new float[models][classes];
      for (float[] ofModel : probabilities) {
        for (int place = 0; place < classes; place++) {
          ofModel[place] = stream.readFloat();
        }
      }
      images.add(new RankCandidates(probabilities));
    }
    return images;
  }
}
