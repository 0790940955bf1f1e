package dev.alexnet.ops.environment;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.settings.Suggestion;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.util.Map;
import java.util.TreeMap;
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

  private static final String REMEDY =
      "Write it again: terraform output -json contract > environment.json";

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
      new Problems("buckets")
          .require(isGiven(archives), "archives is empty")
          .require(isGiven(runs), "runs is empty")
          .require(isGiven(temp), "temp is empty")
          .throwIfAny();
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
          .require(isGiven(job), "job is empty")
          .require(isGiven(dataflow), "dataflow is empty")
          .require(isGiven(launcher), "launcher is empty")
          .throwIfAny();
    }
  }

  public EnvironmentContract {
    profiles = profiles == null ? Map.of() : new TreeMap<>(profiles);
    new Problems("contract")
        .require(isGiven(environment), "environment is empty")
        .require(isGiven(project), "project is empty")
        .require(isGiven(region), "region is empty")
        .require(isGiven(network), "network is empty")
        .require(isGiven(subnetwork), "subnetwork is empty")
        .require(buckets != null, "buckets is empty")
        .require(serviceAccounts != null, "service_accounts is empty")
        .require(isGiven(imageRepository), "image_repository is empty")
        .require(isGiven(failedJobsTopic), "failed_jobs_topic is empty")
        .require(labels != null && !labels.isEmpty(), "labels is empty")
        .require(
            labels == null || labels.entrySet().stream().allMatch(EnvironmentContract::isLabel),
            "labels are %s; Google takes keys of 1 to 63 lower-case letters, digits, _ and -, beginning with a letter, and values of at most 63 of these",
            labels)
        .require(!profiles.isEmpty(), "profiles is empty")
        .require(!profiles.containsValue(null), "profiles has one that is null")
        .require(
            profile != null && profiles.containsKey(profile),
            "profile is %s, which is not among the profiles %s",
            profile,
            profiles.keySet())
        .require(
            !isGiven(region) || profiles.values().stream().allMatch(each -> isIn(region, each)),
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
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no contract of an environment at %s. Make an environment as terraform/README.md says, and write its contract there: terraform output -json contract > %s. If it is elsewhere, give --environment"
              .formatted(location, location.name()));
    }
    return read(store.readAll(location), location);
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
          where + " is not an environment contract: it has no number 'schema'. " + REMEDY);
    }
    if (schema.intValue() != SCHEMA) {
      throw mismatch(
          "%s has schema %d, and this program reads %d. Apply the terraform/ directory of this version of the program. %s"
              .formatted(where, schema.intValue(), SCHEMA, REMEDY));
    }
    return parse(json, EnvironmentContract.class, where);
  }

  private static <T> T parse(byte[] json, Class<T> type, Object where) {
    try {
      return Json.read(json, type, where);
    } catch (Failure e) {
      throw new Failure(Failure.Kind.MISMATCH, e.getMessage() + ". " + REMEDY, e);
    }
  }

  private static Failure mismatch(String message) {
    return new Failure(Failure.Kind.MISMATCH, message);
  }

  /**
   * @throws Failure of kind USAGE where the region does not offer it, with the nearest name
   */
  public MachineProfile profileNamed(String name) {
    MachineProfile found = profiles.get(name);
    if (found == null) {
      throw new Failure(
          Failure.Kind.USAGE,
          "%s does not offer the profile '%s'%s"
              .formatted(region, name, Suggestion.forWord(name, new TreeMap<>(profiles).keySet())));
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
