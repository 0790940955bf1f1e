package dev.alexnet.model.training.log;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.trace.ChromeTrace;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.trace.TraceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a traced step under {@code trace/}: events for a trace viewer, and the table as text. */
final class TraceFiles {
  static final String DIRECTORY = "trace";

  private TraceFiles() {}

  /**
   * @param placeOf where a user finds a file that is written here
   * @param step counted from 0
   * @param layers of the network, in its order
   * @return what the user should know about it
   */
  static String write(
      Path workdir,
      Function<Path, Location> placeOf,
      long step,
      StepTrace trace,
      List<String> layers) {
    Path directory = workdir.resolve(DIRECTORY);
    String name = String.format(Locale.ROOT, "step-%08d", step);
    Path events = directory.resolve(name + ".json");
    String table = TraceTable.of(trace, layers);
    try {
      Files.createDirectories(directory);
      Files.write(events, Json.document(ChromeTrace.of(trace, layers)));
      Files.writeString(directory.resolve(name + ".txt"), table);
    } catch (IOException e) {
      throw Failure.inputOutput("write the trace", events, e);
    }
    return "Step "
        + step
        + " was traced; open "
        + placeOf.apply(events)
        + " in Perfetto\n"
        + table.stripTrailing();
  }
}
