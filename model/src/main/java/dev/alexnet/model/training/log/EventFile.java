package dev.alexnet.model.training.log;

import dev.alexnet.model.dataset.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

/** A file of scalars, histograms and pictures for TensorBoard. */
final class EventFile implements Closeable {
  private final Clock clock;
  private final OutputStream stream;
  private final TfRecordWriter writer;

  /**
   * @param firstStep that this run logs; TensorBoard drops this and later steps of an interrupted
   *     run
   */
  EventFile(Path directory, Clock clock, long firstStep) throws IOException {
    Files.createDirectories(directory);
    this.clock = clock;
    String name =
        String.format(
            Locale.ROOT, "events.out.tfevents.%d.step%08d", clock.millis() / 1000, firstStep);
    this.stream = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)));
    this.writer = new TfRecordWriter(stream);
    append(Event.newBuilder().setFileVersion("brain.Event:2"));
    append(
        Event.newBuilder()
            .setStep(firstStep)
            .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
  }

  void writeHyperparameters(Map<String, String> settings) throws IOException {
    write(0, HyperparameterSummary.of(settings, clock.millis() / 1000.0));
  }

  void write(long step, Map<String, Double> scalars) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    scalars.forEach(
        (tag, value) ->
            summary.addValue(
                Summary.Value.newBuilder().setTag(tag).setSimpleValue(value.floatValue())));
    write(step, summary.build());
  }

  void write(long step, Summary summary) throws IOException {
    append(Event.newBuilder().setStep(step).setSummary(summary));
    stream.flush();
  }

  private void append(Event.Builder event) throws IOException {
    writer.write(event.setWallTime(clock.millis() / 1000.0).build().toByteArray());
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
