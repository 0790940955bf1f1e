package dev.alexnet.pipelines.synth;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Writes a small set and reads its archives back. */
record Archives(Path directory) {
  static final String TRAIN = "ILSVRC2012_img_train.tar";
  static final String VALIDATION = "ILSVRC2012_img_val.tar";
  static final String DEVKIT = "ILSVRC2012_devkit_t12.tar.gz";
  static final String RECORD = "synth.json";

  static Archives write(Path directory, int classes, int train, int validation, long seed) {
    write(settings(directory, classes, train, validation, seed), Progress.SILENT);
    return new Archives(directory);
  }

  static void write(SynthSettings settings, Progress progress) {
    new SyntheticImageNet(ObjectStores.standard()).run(settings, progress);
  }

  static SynthSettings settings(Path directory, int classes, int train, int validation, long seed) {
    return SynthSettings.builder()
        .set(SynthSettings.OUTPUT, Location.of(directory))
        .set(SynthSettings.CLASSES, classes)
        .set(SynthSettings.TRAIN_PER_CLASS, train)
        .set(SynthSettings.VAL_PER_CLASS, validation)
        .set(SynthSettings.SEED, seed)
        .build();
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  Map<String, byte[]> train() throws IOException {
    return tar(new ByteArrayInputStream(bytes(TRAIN)));
  }

  Map<String, byte[]> train(String wnid) throws IOException {
    return tar(new ByteArrayInputStream(train().get(wnid + ".tar")));
  }

  Map<String, byte[]> validation() throws IOException {
    return tar(new ByteArrayInputStream(bytes(VALIDATION)));
  }

  Map<String, byte[]> devkit() throws IOException {
    return tar(new GZIPInputStream(new ByteArrayInputStream(bytes(DEVKIT))));
  }

  /** The files of a tar in their order. */
  private static Map<String, byte[]> tar(InputStream stream) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(stream)) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    return files;
  }
}
