package dev.alexnet.ops.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What Terraform made for jobs to run in: the output {@code contract} of {@code
 * terraform/environments}, written by {@code terraform output -json contract}.
 *
 * @param schema {@value #SCHEMA}
 * @param environment its name, such as {@code dev}
 * @param project the id of the Google Cloud project
 * @param region where buckets are and jobs run
 * @param network as {@code projects/PROJECT/global/networks/NAME}
 * @param subnetwork as {@code projects/PROJECT/regions/REGION/subnetworks/NAME}; its machines need
 *     no external address
 * @param imageRepository what an image's name starts with, without a slash at its end
 * @param failedJobsTopic what a Batch job names for messages about its failure, as {@code
 *     projects/PROJECT/topics/NAME}
 * @param labels of every job and of its machines; alerts find jobs by them
 * @param profile the key in {@code profiles} of a job that asks for no other
 * @param profiles the machines that the region offers
 */
public record EnvironmentContract(
    @JsonProperty("schema") int schema,
    @JsonProperty("environment") String environment,
    @JsonProperty("project") String project,
    @JsonProperty("region") String region,
    @JsonProperty("network") String network,
    @JsonProperty("subnetwork") String subnetwork,
    @JsonProperty("buckets") Buckets buckets,
    @JsonProperty("service_accounts") ServiceAccounts serviceAccounts,
    @JsonProperty("image_repository") String imageRepository,
    @JsonProperty("failed_jobs_topic") String failedJobsTopic,
    @JsonProperty("labels") Map<String, String> labels,
    @JsonProperty("profile") String profile,
    @JsonProperty("profiles") Map<String, MachineProfile> profiles) {

  /** The one that this program reads. */
  public static final int SCHEMA = 1;

  private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?");

  /**
   * The buckets, by name and without {@code gs://}.
   *
   * @param archives originals as downloaded
   * @param runs work directories
   * @param temp staging and temporary files of Dataflow
   */
  public record Buckets(
      @JsonProperty("archives") String archives,
      @JsonProperty("runs") String runs,
      @JsonProperty("temp") String temp) {
    public Buckets {
      Problems problems = new Problems("buckets");
      check("archives", archives, problems);
      check("runs", runs, problems);
      check("temp", temp, problems);
      problems.throwIfAny();
    }

    private static void check(String key, String name, Problems problems) {
      problems
          .requireGiven(key, name)
          .require(
              name == null || name.isBlank() || BUCKET.matcher(name).matches(),
              "%s is '%s'; it must be the name of a bucket alone, without gs://: lower-case letters, digits, ., _ and -",
              key,
              name);
    }
  }

  /**
   * The service accounts, by e-mail address.
   *
   * @param job runs the batch job
   * @param dataflow runs Dataflow's workers
   * @param launcher submits both
   */
  public record ServiceAccounts(
      @JsonProperty("job") String job,
      @JsonProperty("dataflow") String dataflow,
      @JsonProperty("launcher") String launcher) {
    public ServiceAccounts {
      new Problems("service_accounts")
          .requireGiven("job", job)
          .requireGiven("dataflow", dataflow)
          .requireGiven("launcher", launcher)
          .throwIfAny();
    }
  }

  public EnvironmentContract {
    Map<String, MachineProfile> offered = profiles == null ? Map.of() : new TreeMap<>(profiles);
    new Problems("contract")
        .requireGiven("environment", environment)
        .requireGiven("project", project)
        .requireGiven("region", region)
        .requireGiven("network", network)
        .requireGiven("subnetwork", subnetwork)
        .requireGiven("buckets", buckets)
        .requireGiven("service_accounts", serviceAccounts)
        .requireGiven("image_repository", imageRepository)
        .requireGiven("failed_jobs_topic", failedJobsTopic)
        .requireGiven("labels", labels)
        .require(
            labels == null || labels.entrySet().stream().allMatch(EnvironmentContract::isLabel),
            "labels are %s; Google takes keys of 1 to 63 lower-case letters, digits, _ and -, beginning with a letter, and values of at most 63 of these",
            labels)
        .requireGiven("profiles", profiles)
        .require(!offered.containsValue(null), "profiles has one that is null")
        .require(
            profile != null && offered.containsKey(profile),
            "profile is %s, which is not among the profiles %s",
            profile,
            offered.keySet())
        .require(
            !isGiven(region) || offered.values().stream().allMatch(each -> isIn(region, each)),
            "profiles have zones that are not in the region %s",
            region)
        .throwIfAny();
    labels = Map.copyOf(labels);
    profiles = Map.copyOf(profiles);
  }

  /**
   * Reads the contract at a location as {@link #read} does.
   *
   * @throws Failure of kind INPUT_MISSING that says how to get one, if there is none; MISMATCH if
   *     it is not one that this program reads
   */
  public static EnvironmentContract at(ObjectStore store, Location location) {
    if (!store.exists(location)) {
      throw absent(store, location);
    }
    return read(store.readAll(location), location);
  }

  private static Failure absent(ObjectStore store, Location location) {
    // Looking for a directory fails where there is no bucket, and says that.
    return new Failure(
        Failure.Kind.INPUT_MISSING,
        store.isDirectory(location)
            ? "%s is a directory; give the file of an environment's contract in it with --environment"
                .formatted(location)
            : "There is no environment contract at %s. Make an environment as terraform/README.md says, and write its contract there: %s. If it is elsewhere, give --environment"
                .formatted(location, commandThatWrites(location)));
  }

  /**
   * Reads a contract strictly: a key that is unknown or missing is an error, because Terraform's
   * configuration and this program then differ.
   *
   * @param where what to call the text in an error, usually its file
   * @throws Failure of kind MISMATCH
   */
  public static EnvironmentContract read(byte[] json, Object where) {
    JsonNode schema = parse(json, JsonNode.class, where).path("schema");
    if (!schema.isInt()) {
      throw mismatch(
          where + " is not an environment contract: it has no number 'schema'", where, null);
    }
    if (schema.intValue() != SCHEMA) {
      throw mismatch(
          "%s has schema %d, and this program reads %d. Apply the terraform/ directory of this version of the program"
              .formatted(where, schema.intValue(), SCHEMA),
          where,
          null);
    }
    return parse(json, EnvironmentContract.class, where);
  }

  private static <T> T parse(byte[] json, Class<T> type, Object where) {
    try {
      return Json.read(json, type, where);
    } catch (Failure e) {
      throw mismatch(e.getMessage(), where, e);
    }
  }

  private static Failure mismatch(String message, Object where, Failure cause) {
    return new Failure(
        Failure.Kind.MISMATCH,
        "%s. Write it again: %s".formatted(message, commandThatWrites(where)),
        cause);
  }

  private static String commandThatWrites(Object where) {
    boolean isCloud = where instanceof Location location && location.isCloud();
    return "terraform output -json contract " + (isCloud ? "| gcloud storage cp - " : "> ") + where;
  }

  /**
   * @throws Failure of kind USAGE where the region does not offer it, with all that it does
   */
  public MachineProfile profileNamed(String name) {
    MachineProfile found = profiles.get(name);
    if (found == null) {
      // No nearest name is suggested: another machine has another price.
      throw new Failure(
          Failure.Kind.USAGE,
          "%s does not offer the profile '%s'; it offers %s"
              .formatted(region, name, String.join(", ", new TreeSet<>(profiles.keySet()))));
    }
    return found;
  }

  private static boolean isLabel(Map.Entry<String, String> label) {
    return LABEL_KEY.matcher(label.getKey()).matches()
        && label.getValue() != null
        && LABEL_VALUE.matcher(label.getValue()).matches();
  }

  private static boolean isIn(String region, MachineProfile profile) {
    return profile == null
        || profile.zones().stream().allMatch(zone -> zone.startsWith(region + "-"));
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
  }
}
