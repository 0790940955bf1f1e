package dev.alexnet.pipelines.devkit;

import java.util.Arrays;
import java.util.Optional;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The cost of predicting one class for another: the height of their lowest common ancestor in
 * WordNet. The devkit of 2010 contains it, for the hierarchical error.
 */
public final class CostMatrix {
  private static final String VARIABLE = "cost_matrix";

  private final int size;
  private final int[] costs;

  private CostMatrix(int size, int[] costs) {
    this.size = size;
    this.costs = costs;
  }

  /** The matrix in a {@code meta.mat}; empty if it has none. */
  static Optional<CostMatrix> find(Mat5File file) {
    for (MatFile.Entry entry : file.getEntries()) {
      if (entry.getName().equals(VARIABLE) && entry.getValue() instanceof Matrix matrix) {
        int size = Math.min(matrix.getNumRows(), matrix.getNumCols());
        int[] costs = new int[size * size];
        for (int guess = 0; guess < size; guess++) {
          for (int truth = 0; truth < size; truth++) {
            costs[guess * size + truth] = matrix.getInt(guess, truth);
          }
        }
        return Optional.of(new CostMatrix(size, costs));
      }
    }
    return Optional.empty();
  }

  /** The number of ids; they are 1 to this. */
  public int size() {
    return size;
  }

  /**
   * @param guess the devkit's id, from 1
   * @param truth the devkit's id, from 1
   */
  public int cost(int guess, int truth) {
    return costs[(guess - 1) * size + truth - 1];
  }

  /** The largest cost. */
  public int largest() {
    return Arrays.stream(costs).max().orElse(0);
  }
}
