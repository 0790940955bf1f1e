package dev.alexnet.model.training.step;

import java.nio.file.Path;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/**
 * A snapshot of the variables of a session. Later updates do not change it: TensorFlow writes a
 * variable that is still referenced to a new buffer.
 */
final class SessionSnapshot implements Snapshot {
  private final Session session;
  private final TensorBundle bundle;
  private final Result values;

  SessionSnapshot(Session session, TensorBundle bundle) {
    this.session = session;
    this.bundle = bundle;
    Session.Runner runner = session.runner();
    bundle.variables().forEach(runner::fetch);
    this.values = runner.run();
  }

  @Override
  public TFloat32 value(String name) {
    return (TFloat32) values.get(bundle.names().indexOf(name));
  }

  @Override
  public void save(Path path) {
    bundle.save(session, path, values);
  }

  @Override
  public void close() {
    values.close();
  }
}
