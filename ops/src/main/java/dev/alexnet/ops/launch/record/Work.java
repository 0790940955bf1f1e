package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.ops.launch.LaunchSettings;
import java.util.List;

/**
 * What a run does, and on which machine.
 *
 * @param image with its digest
 * @param profile the machine's name in the environment
 * @param jobFile the SHA-256 of the job file
 * @param deterministic whether GPUs give the same bits each time
 */
public record Work(
    @JsonProperty("image") String image,
    @JsonProperty("profile") String profile,
    @JsonProperty("job_file") String jobFile,
    @JsonProperty("deterministic") boolean deterministic) {
  public Work {
    new Problems("work")
        .require(image != null, "image is missing")
        .require(profile != null, "profile is missing")
        .require(jobFile != null, "job_file is missing")
        .throwIfAny();
  }

  /** The options that differ, with their values there and here; empty if none does. */
  public List<String> differencesFrom(Work other) {
    Differences differences =
        new Differences()
            .between(LaunchSettings.IMAGE, other.image, image)
            .between(LaunchSettings.PROFILE, other.profile, profile);
    if (!jobFile.equals(other.jobFile)) {
      differences.add(LaunchSettings.CONFIG, "a job file with other content");
    }
    return differences
        .between(LaunchSettings.DETERMINISTIC, other.deterministic, deterministic)
        .found();
  }
}
