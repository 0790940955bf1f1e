package dev.alexnet.tests.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Ports of this machine that nobody listens to, for processes that must be told theirs. They lie
 * below those that the system gives to whoever asks for any, so until the process has started, no
 * connection and no other server takes its port by chance.
 */
public final class FreePorts {
  private static final int LOWEST = 12_000;
  private static final int HIGHEST = 31_999;
  private static final int TRIES = 1_000;

  private FreePorts() {}

  public static int next() {
    for (int i = 0; i < TRIES; i++) {
      int port = RandomGenerator.getDefault().nextInt(LOWEST, HIGHEST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    return fail("none of %,d ports from %d to %d is free", TRIES, LOWEST, HIGHEST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
