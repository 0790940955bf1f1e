package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;

/**
 * Which pictures, and how they are laid out.
 *
 * @param input the directory with the archives or class folders, or one archive
 * @param split {@code train}, {@code validation} or {@code test}
 * @param layout {@code auto}, {@code ilsvrc2012}, {@code ilsvrc2010}, {@code csv} or {@code
 *     folders}
 * @param devkit the devkit's archive or folder; null to look for it beside the pictures
 * @param classes {@code all}, {@code present}, or a file with a wnid a line
 * @param classOrder {@code auto}, by which classes that are all numbers stand in the order of the
 *     numbers, or {@code text}
 */
public record SourceSettings(
    Location input,
    String split,
    String layout,
    Location devkit,
    String classes,
    String classOrder) {

  public SourceSettings {
    requireNonNull(input, "input is null");
    requireNonNull(split, "split is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(classes, "classes is null");
    requireNonNull(classOrder, "classOrder is null");
  }

  boolean isTrain() {
    return split.equals("train");
  }

  /** Whether a file says which classes there are. */
  boolean namesClassFile() {
    return !classes.equals("all") && !classes.equals("present");
  }

  boolean isTest() {
    return split.equals("test");
  }
}
