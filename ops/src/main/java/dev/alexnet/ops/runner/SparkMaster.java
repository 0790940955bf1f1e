package dev.alexnet.ops.runner;

import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The master that {@code --sparkMaster} names. Spark itself tries for a minute to reach one that
 * does not answer, and then fails as if its caller had a bug.
 *
 * @param url as Spark takes it: {@code spark://HOST:PORT}, of which there can be several, separated
 *     by commas; or that of a resource manager, such as {@code yarn}
 */
record SparkMaster(String url) {
  private static final String STANDALONE = "spark://";
  private static final Pattern ADDRESSES =
      Pattern.compile("[^/:,\\s]+:\\d{1,5}(?:,[^/:,\\s]+:\\d{1,5})*");
  private static final Pattern RESOURCE_MANAGER = Pattern.compile("yarn|k8s://.+|mesos://.+");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * Makes sure that somebody listens at one of the addresses at least. Resource managers are not
   * asked.
   *
   * @throws Failure of kind USAGE if the URL is malformed, REMOTE if nobody can be connected to
   */
  void requireListener() {
    if (RESOURCE_MANAGER.matcher(url).matches()) {
      return;
    }
    String addresses = url.startsWith(STANDALONE) ? url.substring(STANDALONE.length()) : "";
    if (!ADDRESSES.matcher(addresses).matches()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "--sparkMaster=%s is neither spark://HOST:PORT, the address of a cluster's master (usually port 7077), nor local[N], nor yarn or k8s://…"
              .formatted(url));
    }
    List<String> reasons = Stream.of(addresses.split(",")).map(SparkMaster::obstacle).toList();
    if (!reasons.contains("")) {
      throw new Failure(
          Failure.Kind.REMOTE,
          "No Spark master answers at %s: %s; check --sparkMaster, and whether the cluster runs"
              .formatted(url, reasons.get(0)));
    }
  }

  /** Why an address cannot be connected to; empty if it can. */
  private static String obstacle(String address) {
    int colon = address.indexOf(':');
    int port = Integer.parseInt(address.substring(colon + 1));
    if (port > 65_535) {
      return "there is no port " + port;
    }
    InetSocketAddress there = new InetSocketAddress(address.substring(0, colon), port);
    if (there.isUnresolved()) {
      return "its host is unknown";
    }
    try (Socket socket = new Socket()) {
      socket.connect(there, Math.toIntExact(PATIENCE.toMillis()));
      return "";
    } catch (IOException e) {
      return "it cannot be connected to";
    }
  }
}
