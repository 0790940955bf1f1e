package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes the content of the three archives. Holds the pictures of one class at a time. */
final class ImageNetArchives {
  private final SynthSettings settings;
  private final ExecutorService threads;
  private final Progress progress;
  private final List<SyntheticClass> classes;
  private final List<PictureKey> validation;
  private long done;

  ImageNetArchives(SynthSettings settings, ExecutorService threads, Progress progress) {
    this.settings = settings;
    this.threads = threads;
    this.progress = progress;
    this.classes = SyntheticClass.first(settings.classes());
    this.validation = ValidationOrder.of(classes, settings.valPerClass(), settings.seed());
  }

  static long pictures(SynthSettings settings) {
    return (long) settings.classes() * (settings.trainPerClass() + settings.valPerClass());
  }

  /** Writes a tar with one tar per class, in the order of wnids. */
  void writeTrain(OutputStream stream) throws IOException {
    List<SyntheticClass> sorted =
        classes.stream().sorted(Comparator.comparing(SyntheticClass::wnid)).toList();
    PictureQueue pictures = queue(sorted.stream().flatMap(this::trainKeys));
    try (OfficialTar outer = new OfficialTar(stream)) {
      for (SyntheticClass kind : sorted) {
        // Kept in memory, because the outer header needs the length of the inner tar.
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OfficialTar inner = new OfficialTar(bytes)) {
          for (int number = 1; number <= settings.trainPerClass(); number++) {
            inner.add(kind.wnid() + "_" + number + ".JPEG", next(pictures));
          }
        }
        outer.add(kind.wnid() + ".tar", bytes.toByteArray());
      }
    }
  }

  /** Writes a flat tar; the names are numbered from 1. */
  void writeValidation(OutputStream stream) throws IOException {
    PictureQueue pictures = queue(validation.stream());
    try (OfficialTar tar = new OfficialTar(stream)) {
      for (int number = 1; number <= validation.size(); number++) {
        String name = String.format(Locale.ROOT, "ILSVRC2012_val_%08d.JPEG", number);
        tar.add(name, next(pictures));
      }
    }
  }

  void writeDevkit(OutputStream stream) throws IOException {
    SyntheticDevkit.write(stream, classes, validation, settings);
  }

  private Stream<PictureKey> trainKeys(SyntheticClass kind) {
    return IntStream.rangeClosed(1, settings.trainPerClass())
        .mapToObj(number -> new PictureKey(PictureKey.Split.TRAINING, kind, number));
  }

  private PictureQueue queue(Stream<PictureKey> keys) {
    Iterator<PictureKey> iterator = keys.iterator();
    return new PictureQueue(threads, iterator, settings.seed());
  }

  private byte[] next(PictureQueue pictures) {
    byte[] jpeg = pictures.next();
    done++;
    progress.report(done, pictures(settings), "images", "");
    return jpeg;
  }
}
