package dev.alexnet.pipelines.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.alexnet.infra.failure.Failure;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.joda.time.Duration;

/** Runs a pipeline on the engine that its options name, and waits for it. */
public final class PipelineRun {
  private static final Duration POLLING = Duration.millis(500);

  private PipelineRun() {}

  /**
   * The options with defaults that make local runs fast and observable: as many workers as cores,
   * no copy of each element to check that functions do not change it, and a {@code run} that
   * returns at once. Options that the user has set are kept, and options of other runners are
   * returned unchanged.
   */
  public static PipelineOptions prepared(PipelineOptions options) {
    // By name, because this module does not depend on any runner.
    if (!options.getRunner().getSimpleName().equals("DirectRunner")) {
      return options;
    }
    ObjectMapper mapper =
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(PipelineRun.class.getClassLoader()));
    ObjectNode json = mapper.valueToTree(options);
    ObjectNode chosen = json.withObject("/options");
    ObjectNode defaults =
        mapper
            .createObjectNode()
            .put("targetParallelism", Runtime.getRuntime().availableProcessors())
            .put("enforceImmutability", false)
            .put("enforceEncodability", false)
            .put("blockOnRun", false);
    json.set("options", defaults.setAll(chosen));
    try {
      return mapper.treeToValue(json, PipelineOptions.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Beam cannot read the options that it wrote: " + json, e);
    }
  }

  /**
   * Runs and waits.
   *
   * @param watcher receives the counters twice a second and once at the end
   * @return the counters at the end
   * @throws Failure if a function of the pipeline threw it, or of kind INTERRUPTED if the engine
   *     stopped the run for a reason of its own
   */
  public static Counters await(Pipeline pipeline, Consumer<Counters> watcher) {
    try {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish(POLLING);
      while (state == null || !state.isTerminal()) {
        watcher.accept(new Counters(result.metrics()));
        state = result.waitUntilFinish(POLLING);
      }
      if (state != PipelineResult.State.DONE) {
        throw new Failure(
            Failure.Kind.INTERRUPTED,
            "The pipeline ended in the state " + state + " before its work was done; run it again");
      }
      Counters counters = new Counters(result.metrics());
      watcher.accept(counters);
      return counters;
    } catch (RuntimeException e) {
      Failure failure = Failure.in(e);
      throw failure == null ? e : failure;
    }
  }
}
