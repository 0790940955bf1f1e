package dev.alexnet.ops.runner;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.pipelines.engine.ClusterJobs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/** The options after {@code --}: Beam's pipeline options, parsed strictly. */
public final class RunnerOptions {
  private static final String HELP = "--help";
  private static final String RUNNER = "--runner";
  private static final String DEFAULT_RUNNER = "DirectRunner";

  /** Runners that a profile of the build puts on the class path. */
  private static final Map<String, String> PROFILES =
      Map.of(
          "FlinkRunner", "runner-flink",
          "SparkRunner", "runner-spark",
          "DataflowRunner", "runner-dataflow");

  /** Options for pipelines whose elements are immutable, as all of ours are. */
  private static final Map<String, List<String>> DEFAULTS =
      Map.of("FlinkRunner", List.of("--objectReuse=true", "--fasterCopy=true"));

  private final List<String> arguments;

  public RunnerOptions(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  public boolean isHelpRequested() {
    return arguments.stream().anyMatch(RunnerOptions::isHelp);
  }

  private static boolean isHelp(String argument) {
    return argument.equals(HELP) || argument.startsWith(HELP + "=");
  }

  /**
   * Shows the groups of options of the runners on the class path, or for {@code --help=Group} the
   * options of one group.
   *
   * @throws Failure of kind USAGE if the group is unknown
   */
  public void printHelp(PrintWriter out) {
    String argument = arguments.stream().filter(RunnerOptions::isHelp).findFirst().orElse(HELP);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream help = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    // Left to itself, Beam would print this and end the process.
    if (argument.equals(HELP)) {
      PipelineOptionsFactory.printHelp(help);
    } else {
      PipelineOptionsFactory.printHelp(help, group(argument.substring(HELP.length() + 1)));
    }
    out.print(bytes.toString(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Class<? extends PipelineOptions> group(String typed) {
    Set<String> names = new TreeSet<>();
    for (Class<? extends PipelineOptions> group : PipelineOptionsFactory.getRegisteredOptions()) {
      if (typed.equals(group.getSimpleName()) || typed.equals(group.getName())) {
        return group;
      }
      names.add(group.getSimpleName());
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "Beam has no group of options '" + typed + "'" + Suggestion.forWord(typed, names));
  }

  /**
   * @throws Failure of kind USAGE if options were given, because the command does not use them
   */
  public void refuseFor(String command) {
    if (!arguments.isEmpty()) {
      throw new Failure(
          Failure.Kind.USAGE,
          "'"
              + command
              + "' does not run on Beam; remove '-- "
              + String.join(" ", arguments)
              + "'");
    }
  }

  /**
   * The options, completed for the engine. A Flink cluster is asked whether it can run our
   * pipelines.
   *
   * @throws Failure of kind USAGE if an option is unknown to the runners on the class path, or the
   *     runner is missing; REMOTE if a cluster does not answer; MISMATCH if its version or its
   *     libraries are not ours
   */
  public PipelineOptions create() {
    String runner = runner();
    RunnerArguments typed = new RunnerArguments(arguments);
    Optional<Cluster> cluster = Cluster.of(runner, typed);
    RunnerArguments complete =
        typed
            .withDefaults(DEFAULTS.getOrDefault(runner, List.of()))
            .withDefaults(cluster.map(Cluster::defaults).orElse(List.of()));
    PipelineOptions options = parse(complete);
    cluster.ifPresent(present -> present.complete(options));
    return options;
  }

  /** What the cluster that the options name tells of its jobs. */
  ClusterJobs jobs() {
    return Cluster.of(runner(), new RunnerArguments(arguments))
        .map(Cluster::jobs)
        .orElse(ClusterJobs.UNKNOWN);
  }

  private static PipelineOptions parse(RunnerArguments arguments) {
    try {
      return PipelineOptionsFactory.fromArgs(arguments.words().toArray(String[]::new)).create();
    } catch (IllegalArgumentException e) {
      throw new Failure(
          Failure.Kind.USAGE, "Beam rejected the options after '--': " + e.getMessage(), e);
    }
  }

  private String runner() {
    String typed = new RunnerArguments(arguments).value(RUNNER).orElse(DEFAULT_RUNNER);
    Set<String> present = present();
    String runner = find(typed, present);
    if (runner != null) {
      return runner;
    }
    String inProfile = find(typed, PROFILES.keySet());
    if (inProfile != null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "The runner '"
              + inProfile
              + "' is not built in; build with the Maven profile "
              + PROFILES.get(inProfile)
              + ": ALEXNET_PROFILES="
              + PROFILES.get(inProfile)
              + " ./alexnet …");
    }
    TreeSet<String> known = new TreeSet<>(PROFILES.keySet());
    known.addAll(present);
    throw new Failure(
        Failure.Kind.USAGE, "unknown runner '" + typed + "'" + Suggestion.forWord(typed, known));
  }

  private static Set<String> present() {
    TreeSet<String> names = new TreeSet<>();
    for (PipelineRunnerRegistrar registrar : ServiceLoader.load(PipelineRunnerRegistrar.class)) {
      registrar.getPipelineRunners().forEach(runner -> names.add(runner.getSimpleName()));
    }
    return names;
  }

  /**
   * Finds a runner by any name that Beam accepts: its class, in any case, with or without the
   * package.
   */
  private static String find(String typed, Iterable<String> names) {
    String simple = typed.substring(typed.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals(simple) || lower.equals(simple + "runner")) {
        return name;
      }
    }
    return null;
  }
}
