package dev.alexnet.pipelines.source;

import dev.alexnet.infra.failure.Failure;
import java.util.Optional;

/** A layout of pictures and their classes. */
interface Layout {

  /** Its name for {@code --layout}. */
  String name();

  /** What in the input fits this layout; empty if nothing does. */
  Optional<String> seen();

  /** A description of what {@link #seen} looks for. */
  String lookedFor();

  /**
   * Reads the classes and finds the parts.
   *
   * @throws Failure of kind INPUT_MISSING or BAD_DATA
   */
  PictureSource find();
}
