package dev.alexnet.ops.planning;

import java.util.Comparator;

/** What is wrong in a line of a job file. They are listed in the order of their lines. */
record LinedProblem(int line, String message) implements Comparable<LinedProblem> {
  private static final Comparator<LinedProblem> ORDER =
      Comparator.comparingInt(LinedProblem::line).thenComparing(LinedProblem::message);

  @Override
  public int compareTo(LinedProblem other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "line " + line + ": " + message;
  }
}
