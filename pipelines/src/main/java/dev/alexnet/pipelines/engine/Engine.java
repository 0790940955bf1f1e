package dev.alexnet.pipelines.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResourcesOptions;

/**
 * What this program knows of the engine that options name. It knows engines and their options by
 * name, because this module does not depend on any of them.
 *
 * @param runner the simple name of the runner's class
 * @param options those that the user has set, by name
 */
record Engine(String runner, ObjectNode options) {
  private static final String DIRECT = "DirectRunner";
  private static final String FLINK = "FlinkRunner";
  private static final String SPARK = "SparkRunner";
  private static final String DATAFLOW = "DataflowRunner";

  private static final String JOB_NAME = "jobName";
  private static final String ATTACHED = "attachedMode";
  private static final String PATH_VALIDATOR = "pathValidatorClass";
  private static final String NO_VALIDATOR = ".NoopPathValidator";

  /** Values of Flink's option for a cluster within this process. */
  private static final Set<String> FLINK_HERE = Set.of("", "[auto]", "[local]", "[collection]");

  private static final ObjectMapper MAPPER =
      new ObjectMapper().registerModules(ObjectMapper.findModules(Engine.class.getClassLoader()));

  static Engine of(PipelineOptions options) {
    ObjectNode json = MAPPER.valueToTree(options);
    return new Engine(options.getRunner().getSimpleName(), json.withObject("/options"));
  }

  /** The engine's name without what Beam adds to it. */
  String title() {
    return runner.replaceFirst("Runner$", "");
  }

  /** Whether the work is done in this process, and ends with it. */
  boolean isEmbedded() {
    return switch (runner) {
      case DIRECT -> true;
      case FLINK -> FLINK_HERE.contains(option("flinkMaster")) && !isDetached();
      case SPARK -> option("sparkMaster").isEmpty() || option("sparkMaster").startsWith("local");
      default -> false;
    };
  }

  /** Whether the work is done on machines of the user, whose disks may differ. */
  boolean isCluster() {
    return !isEmbedded() && !runner.equals(DATAFLOW);
  }

  /**
   * Whether workers may reach local paths. Of a cluster this cannot be known; of Dataflow it is
   * believed only if Beam's own check of paths is switched off, too.
   */
  boolean reachesLocalPlaces() {
    return !runner.equals(DATAFLOW) || option(PATH_VALIDATOR).endsWith(NO_VALIDATOR);
  }

  /** Whether the work can go on after this process has ended. */
  boolean canDetach() {
    return !isEmbedded() && !runner.equals(SPARK);
  }

  /**
   * Whether to ask for the state of the job from time to time, instead of waiting for its end for a
   * short time again and again: with these engines each such wait is logged, or repeats all
   * messages of the job.
   */
  boolean isAskedForState() {
    return runner.equals(DATAFLOW) || (runner.equals(FLINK) && !isEmbedded());
  }

  private boolean isDetached() {
    return option(ATTACHED).equals("false");
  }

  /** The file to which Dataflow writes the job instead of running it; empty if it runs it. */
  String template() {
    return runner.equals(DATAFLOW) ? option("templateLocation") : "";
  }

  /** Where the job is, for people; empty if the engine needs no more than its name. */
  String place() {
    return switch (runner) {
      case FLINK -> " at " + option("flinkMaster");
      case SPARK -> " at " + option("sparkMaster");
      case DATAFLOW ->
          " in "
              + (option("region").isEmpty() ? "its region" : option("region"))
              + " of "
              + (option("project").isEmpty() ? "its project" : option("project"));
      default -> "";
    };
  }

  private String option(String name) {
    JsonNode value = options.path(name);
    return value.isMissingNode() || value.isNull() ? "" : value.asText();
  }

  /**
   * The options with defaults that make runs fast, observable and stoppable. What the user has set
   * is kept.
   */
  PipelineOptions prepared(PipelineOptions given, String jobName) {
    ObjectNode defaults = defaults();
    if (defaults.isEmpty()) {
      if (option(JOB_NAME).isEmpty()) {
        given.setJobName(jobName);
      }
      return given;
    }
    defaults.put(JOB_NAME, jobName);
    ObjectNode json = MAPPER.valueToTree(given);
    json.set("options", defaults.setAll(json.withObject("/options")));
    try {
      PipelineOptions prepared = MAPPER.treeToValue(json, PipelineOptions.class);
      // An object, which JSON leaves out: it says what is sent to a cluster.
      prepared
          .as(PipelineResourcesOptions.class)
          .setPipelineResourcesDetector(
              given.as(PipelineResourcesOptions.class).getPipelineResourcesDetector());
      return prepared;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Beam cannot read the options that it wrote: " + json, e);
    }
  }

  private ObjectNode defaults() {
    ObjectNode defaults = MAPPER.createObjectNode();
    if (runner.equals(DIRECT)) {
      // As many workers as cores, no copy of each element to check that functions do not change it,
      // and a run that returns at once.
      defaults
          .put("targetParallelism", Runtime.getRuntime().availableProcessors())
          .put("enforceImmutability", false)
          .put("enforceEncodability", false)
          .put("blockOnRun", false);
    } else if (runner.equals(FLINK) && !isEmbedded()) {
      // Otherwise the submission itself waits, and the job has neither counters nor an end before
      // its own.
      defaults.put(ATTACHED, false);
    }
    return defaults;
  }
}
