package dev.alexnet.model.training.log;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.Arithmetic;
import dev.alexnet.model.network.Parameter;
import dev.alexnet.model.trace.StepTrace;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import dev.alexnet.model.training.step.Snapshot;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reports on a running training: log, progress, and a hint if nothing is learned. */
public final class TrainingReport implements AutoCloseable {
  /** Below this multiple of the loss of chance, a network has learned something. */
  private static final double LEARNING = 0.99;

  private static final String HINT =
      ". With many classes that is normal in the first epoch; in later ones, try another "
          + "--learning-rate, or check that the labels belong to their images. "
          + "--overfit-one-batch checks whether the network can learn at all";

  private final TrainingLog log;
  private final Progress progress;
  private final Consumer<String> notices;
  private final double chanceLoss;
  private final long totalSteps;

  private BatchResult sinceLogged;
  private BatchResult lastLogged = BatchResult.none();
  private BatchResult lastValidation = BatchResult.none();
  private BatchResult thisEpoch = BatchResult.none();
  private boolean hinted;
  private long loggedImages;
  private long loggedNanos;
  private long images;
  private long nanos;

  /**
   * @param log closed with this
   * @param chanceLoss of a network that has learned nothing: ln(classes)
   * @param sinceLogged the results of an earlier run that are not logged yet
   */
  public TrainingReport(
      TrainingLog log,
      Progress progress,
      Consumer<String> notices,
      double chanceLoss,
      long totalSteps,
      BatchResult sinceLogged) {
    this.log = log;
    this.progress = progress;
    this.notices = notices;
    this.chanceLoss = chanceLoss;
    this.totalSteps = totalSteps;
    this.sinceLogged = sinceLogged;
  }

  /** Logs which operations are computed in another form than the usual one from a step on. */
  public void arithmetic(long step, Arithmetic arithmetic) {
    log.replacedOperations(step, arithmetic.reasons());
  }

  /** Why operations of this run, and of those that it continues, were computed in another form. */
  public List<String> replacedOperations() {
    return log.replacedOperations();
  }

  public void trained(BatchResult result, long stepNanos) {
    sinceLogged = sinceLogged.plus(result);
    thisEpoch = thisEpoch.plus(result);
    images += result.images();
    loggedImages += result.images();
    nanos += stepNanos;
    loggedNanos += stepNanos;
  }

  /** Logs the mean of the steps since the last call. */
  public void log(long done, LearningRates rates) {
    log.training(done, sinceLogged, rates, loggedImages * 1e9 / loggedNanos);
    lastLogged = sinceLogged;
    sinceLogged = BatchResult.none();
    loggedImages = 0;
    loggedNanos = 0;
  }

  public void validated(long done, BatchResult result) {
    lastValidation = result;
    log.validation(done, result);
  }

  /**
   * @param parameters of all towers
   * @param rates of the last step
   */
  public void parameters(
      long done, Snapshot snapshot, List<Parameter> parameters, LearningRates rates) {
    log.parameters(done, ParameterSummary.of(snapshot, parameters, rates));
  }

  /**
   * Writes which kernels ran on which device in a step.
   *
   * @param workdir in which the training writes
   * @param placeOf where a user finds a file that is written there
   * @param step counted from 0
   * @param layers of the network, in its order
   */
  public void traced(
      Path workdir,
      Function<Path, Location> placeOf,
      long step,
      StepTrace trace,
      List<String> layers) {
    notices.accept(TraceFiles.write(workdir, placeOf, step, trace, layers));
  }

  public void epochEnded(long epoch) {
    if (thisEpoch.meanLoss() > LEARNING * chanceLoss) {
      String fact =
          String.format(
              Locale.ROOT,
              "The loss of epoch %d was %.3f, not below that of chance, ln(classes) = %.3f: "
                  + "the network has not learned anything yet",
              epoch,
              thisEpoch.meanLoss(),
              chanceLoss);
      notices.accept(hinted ? fact : fact + HINT);
      hinted = true;
    }
    thisEpoch = BatchResult.none();
  }

  public void progress(long done) {
    progress.report(done, totalSteps, "steps", details());
  }

  private String details() {
    BatchResult training = lastLogged.images() == 0 ? sinceLogged : lastLogged;
    String text =
        String.format(
            Locale.ROOT,
            "loss %.3f  top-1 error %.1f %%  %.0f images/s",
            training.meanLoss(),
            100 * training.top1Error(),
            imagesPerSecond());
    return lastValidation.images() == 0
        ? text
        : text
            + String.format(Locale.ROOT, "  validation %.1f %%", 100 * lastValidation.top1Error());
  }

  /** The results that are not in the log yet. */
  public BatchResult sinceLogged() {
    return sinceLogged;
  }

  /** The mean of the last steps that were logged. */
  public BatchResult lastLogged() {
    return lastLogged;
  }

  /** The rate of this run's steps, without the time between them; 0 if there was none. */
  public double imagesPerSecond() {
    return nanos == 0 ? 0 : images * 1e9 / nanos;
  }

  @Override
  public void close() {
    log.close();
  }
}
