package dev.alexnet.model.training.step;

import java.nio.file.Path;
import org.tensorflow.types.TFloat32;

/**
 * All variables and momenta as they were at one moment, in host memory. Any thread may save it,
 * while the session trains on.
 */
public interface Snapshot extends AutoCloseable {
  /**
   * A value, until this is closed.
   *
   * @param name of a parameter or a momentum
   */
  TFloat32 value(String name);

  /** Writes files whose common path is given. */
  void save(Path path);

  @Override
  void close();
}
