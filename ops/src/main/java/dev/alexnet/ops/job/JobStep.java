package dev.alexnet.ops.job;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * One step of a batch job. A step is idempotent: if it is run again after it was killed, it resumes
 * or starts from the beginning, with the same outputs in the end.
 */
public interface JobStep {

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
