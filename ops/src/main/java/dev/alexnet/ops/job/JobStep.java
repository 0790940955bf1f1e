package dev.alexnet.ops.job;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * One step of a batch job. A step is idempotent: run again after it was killed, it resumes or
 * starts anew, and ends with the same outputs.
 */
public interface JobStep {

  /** Unique within the job. */
  String name();

  /** What decides the step's outputs, together with its inputs. */
  List<Setting> settings();

  /** Where everything is that the step writes, and nothing else. */
  Location directory();

  /**
   * Outputs of earlier steps that this one reads: the files, or directories, that identify them.
   */
  List<Location> inputs();

  /** The files, or directories, that identify what the step made. */
  List<Location> outputs();

  /** Whether what a finished run wrote, beside {@link #outputs}, is there as it was written. */
  boolean isIntact();

  StepOutcome run(Progress progress);
}
