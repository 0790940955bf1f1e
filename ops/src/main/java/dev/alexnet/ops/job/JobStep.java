package dev.alexnet.ops.job;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import java.util.List;
import java.util.Map;

/**
 * One step of a batch job. A step is idempotent: if it is run again after it was killed, it resumes
 * or starts from the beginning, with the same outputs in the end.
 */
public interface JobStep {
  /** What the name of an input begins with that no step of the job makes. */
  String GIVEN = "--";

  /** Unique within the job. */
  String name();

  /** What determines the step's outputs, together with its inputs. */
  List<EffectiveSetting> settings();

  /**
   * The arguments of {@code alexnet} that run the step: the command's name, then its options. The
   * locations mean the same wherever it is run.
   */
  List<String> commandLine();

  /** The directory of everything that the step writes, and of nothing else. */
  Location directory();

  /**
   * Outputs of earlier steps that this one reads: the files, or directories, that identify them.
   */
  List<Location> inputs();

  /**
   * Identifies what the step reads from outside of the job, by option with {@value #GIVEN} before
   * its name. Lists or reads it. What does not exist is left out.
   *
   * @throws dev.alexnet.infra.failure.Failure if something is malformed
   */
  default Map<String, String> givenInputs() {
    return Map.of();
  }

  /**
   * The places outside of the job that options of the step name, by option: what it reads, and
   * where it may keep something for a while.
   */
  default Map<String, List<Location>> givenPlaces() {
    return Map.of();
  }

  /**
   * Refuses what the step reads from outside of the job, as its run would before it writes.
   *
   * @param anew whether what the step made is set aside before
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING if something does not exist;
   *     OUTPUT_EXISTS if the step made something else of other inputs; BAD_DATA or USAGE if it
   *     cannot be read
   */
  default void requireGivenInputs(boolean anew) {}

  /**
   * Refuses a machine on which the step cannot run as it is asked to.
   *
   * @throws dev.alexnet.infra.failure.Failure of kind DEVICE if a required device is missing
   */
  default void requireMachine() {}

  /**
   * Is called once the step is known to be done with its {@link #givenInputs}. May record what was
   * read to identify them, beside what the step made.
   */
  default void confirmGivenInputs() {}

  /** The files, or directories, that identify what the step made. */
  List<Location> outputs();

  /**
   * Whether everything that a finished run made is as it was written. This covers what the
   * identities of {@link #outputs} do not. If something is damaged, the step is run again, which
   * repairs it.
   *
   * @param progress is told how many files have been read
   */
  boolean isIntact(Progress progress);
}
