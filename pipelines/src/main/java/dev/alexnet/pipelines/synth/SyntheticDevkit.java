package dev.alexnet.pipelines.synth;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** The development kit: the classes, and the labels of the validation pictures. */
final class SyntheticDevkit {
  private static final String DIRECTORY = "ILSVRC2012_devkit_t12/";

  private static final String README =
      """
      SYNTHETIC pictures in the layout of ILSVRC2012

      This is not ImageNet, nor any part of it. A program drew every picture of the
      archives beside this kit. A class is a shape with a texture, such as "striped
      disc"; its wnid starts with n9, as no wnid of WordNet does.

      data/meta.mat
          struct array synsets: %s classes, then one root
      data/ILSVRC2012_validation_ground_truth.txt
          the ILSVRC2012_ID of each validation picture, in the order of file names

      Training pictures a class: %s
      Validation pictures a class: %s
      Seed: %s
      """;

  private static final String COPYING =
      """
      The pictures of this set are SYNTHETIC: a program drew them. They hold nothing of
      ImageNet and are not subject to its terms of access. They are free for any use
      (CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/).
      """;

  private SyntheticDevkit() {}

  static void write(
      OutputStream stream,
      List<SyntheticClass> classes,
      List<PictureKey> validation,
      SynthSettings settings)
      throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(stream);
    try (OfficialTar tar = new OfficialTar(gzip)) {
      tar.add(DIRECTORY + "readme.txt", ascii(readme(settings)));
      tar.add(DIRECTORY + "COPYING", ascii(COPYING));
      tar.add(DIRECTORY + "data/meta.mat", MetaMat.bytes(classes, settings.trainPerClass()));
      tar.add(
          DIRECTORY + "data/ILSVRC2012_validation_ground_truth.txt",
          ascii(groundTruth(validation)));
    }
    gzip.finish();
  }

  private static String readme(SynthSettings settings) {
    return README.formatted(
        settings.classes(), settings.trainPerClass(), settings.valPerClass(), settings.seed());
  }

  private static String groundTruth(List<PictureKey> validation) {
    return validation.stream().map(key -> key.kind().id() + "\n").collect(Collectors.joining());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
