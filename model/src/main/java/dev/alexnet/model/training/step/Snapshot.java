package dev.alexnet.model.training.step;

import java.nio.file.Path;
import org.tensorflow.types.TFloat32;

/**
 * All variables and momenta at one moment, in host memory. Any thread may save it while the session
 * continues training.
 */
public interface Snapshot extends AutoCloseable {
  /**
   * A value, valid until this is closed.
   *
   * @param name of a parameter or a momentum
   */
  TFloat32 value(String name);

  /** Writes files with the given common path prefix. */
  void save(Path path);

  @Override
  void close();
}
