package dev.alexnet.ops.launch.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.infra.settings.Problems;
import java.util.ArrayList;
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

  /** What differs, in words; empty if nothing does. */
  public List<String> differencesFrom(Work other) {
    List<String> differences = new ArrayList<>();
    if (!image.equals(other.image)) {
      differences.add("image: %s, not %s".formatted(other.image, image));
    }
    if (!profile.equals(other.profile)) {
      differences.add("profile: %s, not %s".formatted(other.profile, profile));
    }
    if (!jobFile.equals(other.jobFile)) {
      differences.add("job file: another content");
    }
    if (deterministic != other.deterministic) {
      differences.add("deterministic: %s, not %s".formatted(other.deterministic, deterministic));
    }
    return differences;
  }
}
