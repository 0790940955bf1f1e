package dev.alexnet.model.training;

import java.nio.file.Path;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * All variables and momenta as they were at one moment, in host memory. Later updates do not change
 * it: TensorFlow writes a variable that somebody still holds to a new place. Any thread may save
 * it, while the session trains on.
 */
final class Snapshot implements AutoCloseable {
  private final Session session;
  private final TensorBundle bundle;
  private final Result values;

  Snapshot(Session session, TensorBundle bundle) {
    this.session = session;
    this.bundle = bundle;
    Session.Runner runner = session.runner();
    bundle.variables().forEach(runner::fetch);
    this.values = runner.run();
  }

  /**
   * A value, until this is closed.
   *
   * @param name of a parameter or a momentum
   */
  TFloat32 value(String name) {
    return (TFloat32) values.get(bundle.names().indexOf(name));
  }

  /** Writes files whose common path is given. */
  void save(Path path) {
    bundle.save(session, path, values);
  }

  @Override
  public void close() {
    values.close();
  }
}
