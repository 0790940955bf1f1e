package dev.alexnet.tests;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.pipelines.synth.SynthSettings;
import dev.alexnet.pipelines.synth.SyntheticImageNet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Drawn archives of three classes in the official layout, some of whose pictures are damaged. */
public final class SmallArchives {
  private static final int TAR_BLOCK = 512;

  private SmallArchives() {}

  /**
   * @param damaged which training pictures are damaged, by their place in the archive
   */
  public static void draw(Path archives, int perClass, List<Integer> damaged) throws IOException {
    new SyntheticImageNet(ObjectStores.standard())
        .run(
            SynthSettings.builder()
                .set(SynthSettings.OUTPUT, Location.of(archives))
                .set(SynthSettings.CLASSES, 3)
                .set(SynthSettings.TRAIN_PER_CLASS, perClass)
                .set(SynthSettings.VAL_PER_CLASS, 1)
                .build(),
            Progress.SILENT);
    Path train = archives.resolve("ILSVRC2012_img_train.tar");
    byte[] bytes = Files.readAllBytes(train);
    int picture = 0;
    for (int block = 0; block < bytes.length; block += TAR_BLOCK) {
      if (bytes[block] == (byte) 0xff && bytes[block + 1] == (byte) 0xd8) {
        bytes[block] = damaged.contains(picture) ? 0 : bytes[block];
        picture++;
      }
    }
    Files.write(train, bytes);
  }
}
