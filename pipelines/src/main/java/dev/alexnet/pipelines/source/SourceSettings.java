package dev.alexnet.pipelines.source;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.selection.ClassSelection;

/**
 * Which pictures to convert, and how they are laid out.
 *
 * @param input the directory with the archives or class folders, or one archive
 * @param layout {@link InputLayout#AUTO} to recognise it
 * @param devkit the devkit's archive or folder; null to search for it beside the pictures
 * @param classes {@code all}, {@code present}, or a file with one wnid per line
 * @param unpackTo the directory to unpack compressed archives to; null to refuse them
 * @param dryRun whether nothing may be written, so that archives must have been unpacked before
 */
public record SourceSettings(
    Location input,
    Split split,
    InputLayout layout,
    Location devkit,
    String classes,
    ClassOrder classOrder,
    Location unpackTo,
    boolean dryRun) {

  public SourceSettings {
    requireNonNull(input, "input is null");
    requireNonNull(split, "split is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(classes, "classes is null");
    requireNonNull(classOrder, "classOrder is null");
  }

  /** Without a place for compressed archives. */
  public SourceSettings(
      Location input,
      Split split,
      InputLayout layout,
      Location devkit,
      String classes,
      ClassOrder classOrder) {
    this(input, split, layout, devkit, classes, classOrder, null, false);
  }

  boolean isTrain() {
    return split == Split.TRAIN;
  }

  /** Whether a file lists the classes. */
  boolean namesClassFile() {
    return ClassSelection.isFile(classes);
  }

  boolean isTest() {
    return split == Split.TEST;
  }
}
