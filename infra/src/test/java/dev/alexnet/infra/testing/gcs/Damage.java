package dev.alexnet.infra.testing.gcs;

import java.io.InputStream;

/** Whether the content of a request is to be changed on its way, and whether it was. */
final class Damage {
  private boolean wanted;
  private boolean done;

  void want() {
    wanted = true;
  }

  boolean isDone() {
    return done;
  }

  /** The content as it arrives. */
  InputStream to(InputStream content) {
    return wanted ? new FlippedStream(content, 0, () -> done = true) : content;
  }
}
