package dev.alexnet.ops.attempt;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * When and where an attempt began.
 *
 * @param started in UTC
 * @param host the name of the machine; empty if it has none
 * @param process its number there
 */
public record AttemptStart(
    @JsonProperty("started") String started,
    @JsonProperty("host") String host,
    @JsonProperty("process") long process) {

  static AttemptStart ofThisProcess(Instant now) {
    return new AttemptStart(now.toString(), hostName(), ProcessHandle.current().pid());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A container without a network has a name that nothing resolves.
      return "";
    }
  }
}
