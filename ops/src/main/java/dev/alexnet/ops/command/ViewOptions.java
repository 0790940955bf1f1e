package dev.alexnet.ops.command;

import picocli.CommandLine.Option;

/** How a model looks at the records of a dataset. */
final class ViewOptions {
  @Option(
      names = "--views",
      defaultValue = "1",
      description =
          "Views of each image: 1, the centre, or 10: corners, centre and their mirror images,"
              + " whose mean is taken.")
  private int views;

  @Option(names = "--batch", defaultValue = "128", description = "Views at a time, 1 to 4096.")
  private int batch;

  @Option(
      names = "--max-rejected",
      defaultValue = "0",
      description = "With more records that cannot be decoded, the command fails at its end.")
  private long maxRejected;

  int views() {
    return views;
  }

  int batch() {
    return batch;
  }

  long maxRejected() {
    return maxRejected;
  }
}
