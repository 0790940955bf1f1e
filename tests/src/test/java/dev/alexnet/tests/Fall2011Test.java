package dev.alexnet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.json.Json;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many classes as the Fall 2011 release has, a drawn picture each, in the heap that the docs
 * name.
 */
@Tag("endurance")
class Fall2011Test {
  private static final int CLASSES = 21_841;
  private static final int SCORED = 22;
  private static final List<String> HEAP = List.of("-Xmx3g");

  @TempDir Path directory;

  @Test
  void release_ofAllClasses_isConvertedTrainedOnAndScoredInThreeGibibytes() throws Exception {
    for (int index = 0; index < CLASSES; index++) {
      write("train", index);
    }
    for (int index = 0; index < SCORED; index++) {
      write("val", index * (CLASSES / SCORED));
    }

    run("convert", "--input", "fall2011", "--split", "train", "--output", "train");
    run("convert", "--input", "fall2011", "--split", "validation", "--output", "validation");
    run(
        "train --data train --workdir training --preset conv6 --batch 8 --steps 1 --devices cpu:0"
            .split(" "));
    run("score --data validation --model training/model --output scores".split(" "));

    assertThat(json("train/dataset.json")).containsEntry("records", CLASSES);
    assertThat((List<?>) json("training/model/model.json").get("classes")).hasSize(CLASSES);
    assertThat(json("training/model/model.json")).containsEntry("parameters", 146_940_881);
    assertThat(json("scores/scores.json"))
        .containsEntry("scored", SCORED)
        .containsEntry("classes", CLASSES);
  }

  private void write(String split, int index) throws IOException {
    BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(index * 767));
    graphics.fillRect(0, 0, 32, 32);
    graphics.dispose();
    Path file = directory.resolve("fall2011/%s/n%08d/n%08d_1.JPEG".formatted(split, index, index));
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "jpeg", file.toFile());
  }

  private void run(String... arguments) throws Exception {
    AlexnetProcess.Ended ended = AlexnetProcess.start(directory, HEAP, List.of(arguments)).await();
    assertThat(ended.exitCode()).as(ended.err()).isZero();
  }

  @SuppressWarnings("unchecked") // Every key of an object is text.
  private Map<String, Object> json(String file) throws IOException {
    return Json.read(Files.readAllBytes(directory.resolve(file)), Map.class, file);
  }
}
