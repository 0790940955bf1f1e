package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import java.util.Optional;

/** A way in which pictures and their classes may be laid out. */
interface Layout {

  /** What {@code --layout} calls it. */
  String name();

  /** What of the input fits this layout, in words; empty where nothing does. */
  Optional<String> seen();

  /** What {@link #seen} looks for, in words. */
  String lookedFor();

  /**
   * Reads the classes and finds the parts.
   *
   * @throws Failure of kind INPUT_MISSING or BAD_DATA
   */
  PictureSource find();
}
