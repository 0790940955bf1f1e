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

  /** Fewer steps teach even a sound network too little to raise an alarm. */
  private static final long ENOUGH_STEPS = 200;

  private final TrainingLog log;
  private final Progress progress;
  private final Consumer<String> notices;
  private final int classes;
  private final double chanceLoss;
  private final long totalSteps;

  private BatchResult sinceLogged;
  private BatchResult lastLogged = BatchResult.none();
  private BatchResult lastValidation = BatchResult.none();
  private BatchResult thisEpoch = BatchResult.none();
  private boolean hinted;
  private long loggedImages;
  private long loggedNanos;
  private long epochNanos;
  private long images;
  private long nanos;

  /**
   * @param log closed with this
   * @param classes that the network tells apart
   * @param sinceLogged the results of an earlier run that are not logged yet
   */
  public TrainingReport(
      TrainingLog log,
      Progress progress,
      Consumer<String> notices,
      int classes,
      long totalSteps,
      BatchResult sinceLogged) {
    this.log = log;
    this.progress = progress;
    this.notices = notices;
    this.classes = classes;
    this.chanceLoss = Math.log(classes);
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
    epochNanos += stepNanos;
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

  /**
   * Says in one line how an epoch went, and once what to do if nothing is learned.
   *
   * @param done steps
   * @param rates of the epoch's last step
   */
  public void epochEnded(long done, long stepsPerEpoch, LearningRates rates) {
    notices.accept(epochLine(done, stepsPerEpoch, rates));
    if (!hinted && done >= ENOUGH_STEPS && thisEpoch.meanLoss() > LEARNING * chanceLoss) {
      notices.accept(
          String.format(
              Locale.ROOT,
              "After %,d steps the loss is %.3f; that of chance, ln(classes), is %.3f, and a "
                  + "network that learns is at least %.0f %% below it. With many classes that is "
                  + "normal in the first epoch; in later ones, try another --learning-rate, or "
                  + "check that the labels belong to their images. --overfit-one-batch checks "
                  + "whether the network can learn at all",
              done,
              thisEpoch.meanLoss(),
              chanceLoss,
              (1 - LEARNING) * 100));
      hinted = true;
    }
    thisEpoch = BatchResult.none();
    epochNanos = 0;
  }

  private String epochLine(long done, long stepsPerEpoch, LearningRates rates) {
    StringBuilder line = new StringBuilder();
    append(line, "Epoch %,d of %,d: ", done / stepsPerEpoch, epochs(stepsPerEpoch));
    append(line, "loss %.3f, top-1 error ", thisEpoch.meanLoss());
    append(line, "%.1f %%; ", 100 * thisEpoch.top1Error());
    if (lastValidation.images() > 0) {
      append(line, "validation loss %.3f, ", lastValidation.meanLoss());
      append(line, "top-1 error %.1f %%", 100 * lastValidation.top1Error());
      if (BatchResult.hasTop5Error(classes)) {
        append(line, ", top-5 error %.1f %%", 100 * lastValidation.top5Error());
      }
      line.append("; ");
    }
    append(line, "learning rate %.3g, ", rates.weights());
    append(line, "%,.0f images/s", thisEpoch.images() * 1e9 / Math.max(1, epochNanos));
    return line.toString();
  }

  private long epochs(long stepsPerEpoch) {
    return (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch;
  }

  private static void append(StringBuilder line, String format, Object... values) {
    line.append(String.format(Locale.ROOT, format, values));
  }

  public void progress(long done) {
    progress.report(done, totalSteps, "steps", details());
  }

  private String details() {
    BatchResult training = lastLogged.images() == 0 ? sinceLogged : lastLogged;
    StringBuilder details = new StringBuilder();
    append(details, "loss %.3f", training.meanLoss());
    append(details, "  top-1 error %.1f %%", 100 * training.top1Error());
    if (lastValidation.images() > 0) {
      append(details, "  validation %.1f %%", 100 * lastValidation.top1Error());
    }
    append(details, "  %,.0f images/s", imagesPerSecond());
    return details.toString();
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
