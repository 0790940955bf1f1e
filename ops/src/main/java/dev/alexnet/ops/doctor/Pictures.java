package dev.alexnet.ops.doctor;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.pipelines.convert.ConvertSettings;
import dev.alexnet.pipelines.devkit.PublishedFile;
import dev.alexnet.pipelines.folder.Split;
import dev.alexnet.pipelines.source.ClassOrder;
import dev.alexnet.pipelines.source.InputLayout;
import dev.alexnet.pipelines.source.PictureSource;
import dev.alexnet.pipelines.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was found about the pictures.
 *
 * @param count how many the published archives that are there hold
 */
record Pictures(List<Check> checks, long count, List<String> nextSteps) {
  // What "synth" leaves beside archives of the official names.
  private static final String SYNTHETIC = "synth.json";

  private static final String UNPACK_TO = "--" + ConvertSettings.UNPACK_TO.name();

  static Pictures examine(ObjectStore store, DoctorSettings settings, Progress progress) {
    Location input = settings.input();
    Set<String> names = new TreeSet<>(store.list(input));
    List<PublishedFile> published =
        PublishedFile.ALL.stream().filter(file -> isOfAReleaseIn(names, file)).toList();
    if (published.isEmpty() || names.contains(SYNTHETIC)) {
      return others(store, input);
    }
    PublishedCheck check = new PublishedCheck(store, input, settings.md5(), progress);
    List<Check> checks = published.stream().map(file -> check.of(file, names)).toList();
    long count =
        published.stream()
            .filter(file -> names.contains(file.name()))
            .mapToLong(PublishedFile::pictures)
            .sum();
    return new Pictures(checks, count, nextSteps(checks, published, names, settings));
  }

  /** The correction's name alone says too little of which year it is. */
  private static boolean isOfAReleaseIn(Set<String> names, PublishedFile file) {
    return names.stream().anyMatch(name -> name.startsWith(file.release()))
        && PublishedFile.ALL.stream()
            .anyMatch(
                other ->
                    other.release().equals(file.release())
                        && (names.contains(other.name())
                            || names.contains(other.name() + PublishedCheck.COMPRESSED)
                            || other.folders().stream()
                                .anyMatch(name -> names.contains(name + "/"))));
  }

  private static Pictures others(ObjectStore store, Location input) {
    try {
      PictureSource source =
          PictureSource.find(
              store,
              new SourceSettings(
                  input, Split.TRAIN, InputLayout.AUTO, null, "all", ClassOrder.AUTO));
      List<Check> checks = new ArrayList<>();
      if (source.hasOnlyEmptyFolders(store)) {
        throw new Failure(
            Failure.Kind.INPUT_MISSING,
            "%s, but none of them holds a picture".formatted(source.description()));
      }
      checks.add(Check.good(input.value(), source.description()));
      source.notices().forEach(notice -> checks.add(Check.good(input.value(), notice)));
      return new Pictures(checks, 0, List.of(convert(input)));
    } catch (Failure e) {
      if (mustBeUnpacked(e)) {
        return new Pictures(
            List.of(Check.good(input.value(), e.getMessage())),
            0,
            List.of(convert(input) + " " + UNPACK_TO + " DIR"));
      }
      return new Pictures(
          List.of(new Check(input.value(), e.kind(), e.getMessage())),
          0,
          List.of(
              "Do what the finding says, or put the archives of image-net.org there under their"
                  + " names, or folders by class, or a list; then: "
                  + again(input)));
    }
  }

  /** Nothing is wrong with such pictures; convert needs a place for them. */
  private static boolean mustBeUnpacked(Failure e) {
    return e.kind() == Failure.Kind.USAGE && e.getMessage().contains(UNPACK_TO);
  }

  private static List<String> nextSteps(
      List<Check> checks,
      List<PublishedFile> published,
      Set<String> names,
      DoctorSettings settings) {
    List<String> steps = new ArrayList<>();
    List<Check> wrong = checks.stream().filter(check -> !check.isGood()).toList();
    for (Check check : wrong) {
      String compressed = check.subject() + PublishedCheck.COMPRESSED;
      steps.add(
          names.contains(compressed)
              ? decompress(settings.input(), check.subject(), compressed)
              : "Fetch %s from image-net.org, with an account there".formatted(check.subject()));
    }
    if (!wrong.isEmpty()) {
      steps.add(again(settings.input()));
      return steps;
    }
    if (!settings.md5() && published.stream().anyMatch(file -> !file.md5().isEmpty())) {
      steps.add(again(settings.input()) + " --md5, which reads every byte of the archives once");
    }
    steps.add(convert(settings.input()));
    return steps;
  }

  private static String decompress(Location input, String name, String compressed) {
    return input.isCloud()
        ? "gcloud storage cat %s | gunzip | gcloud storage cp - %s"
            .formatted(input.resolve(compressed), input.resolve(name))
        : "gunzip " + input.resolve(compressed);
  }

  private static String again(Location input) {
    return "alexnet doctor --input " + input;
  }

  private static String convert(Location input) {
    return "alexnet convert --input " + input + " --output dataset/train --split train";
  }
}
