package dev.alexnet.ops.inspection;

import dev.alexnet.infra.failure.Finding;
import dev.alexnet.infra.storage.Location;
import java.util.List;

/** Files whose length or checksum is not that of their manifest. */
final class DamagedFiles {
  private DamagedFiles() {}

  /**
   * @param command that wrote the files, and repairs them
   */
  static List<Finding> findings(Location directory, List<String> names, String command) {
    return names.stream()
        .map(
            name ->
                new Finding(
                    directory.resolve(name).value(),
                    null,
                    "it is missing or damaged; run the same 'alexnet "
                        + command
                        + "' again to write it anew"))
        .toList();
  }
}
