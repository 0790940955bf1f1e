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

  /**
   * What {@code alexnet} is given to do the step: the command's name, then its options. Where it is
   * run, the locations mean the same as here.
   */
  List<String> commandLine();

  /** Where everything is that the step writes, and nothing else. */
  Location directory();

  /**
   * Outputs of earlier steps that this one reads: the files, or directories, that identify them.
   */
  List<Location> inputs();

  /** The files, or directories, that identify what the step made. */
  List<Location> outputs();

  /**
   * Whether all that a finished run made is there as it was written, as far as {@link #outputs} do
   * not tell. If it is not, the step is run again, which mends it.
   *
   * @param progress hears of files that are read for it
   */
  boolean isIntact(Progress progress);
}
