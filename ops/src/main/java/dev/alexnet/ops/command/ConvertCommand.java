package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.text.Quantity;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.pipelines.convert.ConvertPipeline;
import dev.alexnet.pipelines.convert.ConvertResult;
import dev.alexnet.pipelines.convert.ConvertSettings;
import jakarta.inject.Inject;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "convert",
    description = {
      "Makes a dataset of pictures: ImageNet's archives, folders of classes, or a list.",
      ""
    },
    customSynopsis = "alexnet convert [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = "  alexnet convert --input imagenet --output dataset/train --split train")
final class ConvertCommand extends StepCommand implements RunsOnBeam {
  private final Console console;
  private final RunnerOptions runnerOptions;
  private final ConvertPipeline pipeline;

  @Option(
      names = "--input",
      required = true,
      description =
          "The directory with the archives, a list or class folders; or one of these files.")
  private Location input;

  @Option(names = "--output", required = true, description = "The directory of the dataset.")
  private Location output;

  @Option(names = "--split", defaultValue = "train", description = "train, validation or test.")
  private String split;

  @Option(
      names = "--layout",
      defaultValue = "auto",
      description = "How the input is laid out: auto, ilsvrc2012, ilsvrc2010, csv or folders.")
  private String layout;

  @Option(
      names = "--devkit",
      description = "The devkit's archive or folder; looked for in the input where not given.")
  private Location devkit;

  @Option(
      names = "--classes",
      defaultValue = "all",
      description = "all, present, or a file with a wnid a line.")
  private String classes;

  @Option(
      names = "--class-order",
      defaultValue = "auto",
      description =
          "auto or text: with auto, classes that are all numbers stand in the order of the numbers,"
              + " 2 before 10.")
  private String classOrder;

  @Option(
      names = "--shards",
      defaultValue = "0",
      description = "How many files to write; 0 chooses by the number of images.")
  private int shards;

  @Option(
      names = "--size",
      defaultValue = "256",
      description = "Height and width of the images in pixels.")
  private int size;

  @Option(names = "--quality", defaultValue = "95", description = "Quality of the JPEGs, 1 to 100.")
  private int quality;

  @Option(
      names = "--resize",
      defaultValue = "area",
      description =
          "How pictures are scaled: area (means when shrinking, bicubic when enlarging),"
              + " pillow (antialiased bilinear) or bilinear (not antialiased).")
  private String resize;

  @Option(
      names = "--record-schema",
      defaultValue = "tfds",
      description =
          "The names of a record's features: tfds (image, label from 0) or slim"
              + " (image/encoded, image/class/label from 1).")
  private String recordSchema;

  @Option(names = "--seed", defaultValue = "1", description = "Decides the order of the images.")
  private long seed;

  @Option(
      names = "--per-class",
      defaultValue = "0",
      description = "Converts only so many images of each class, chosen by the seed; 0 for all.")
  private long perClass;

  @Option(
      names = "--limit",
      defaultValue = "0",
      description = "Converts only so many images of those, chosen by the seed; 0 for all.")
  private long limit;

  @Option(
      names = "--max-rejected",
      defaultValue = "0",
      description = "With more rejected pictures than this, the command fails at its end.")
  private long maxRejected;

  @Inject
  ConvertCommand(Console console, RunnerOptions runnerOptions, ConvertPipeline pipeline) {
    super(console);
    this.console = console;
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
    this.pipeline = requireNonNull(pipeline, "pipeline is null");
  }

  @Override
  ConvertSettings settings() {
    return new ConvertSettings(
        input,
        output,
        split,
        layout,
        devkit,
        classes,
        classOrder,
        shards,
        size,
        quality,
        resize,
        recordSchema,
        seed,
        perClass,
        limit,
        maxRejected);
  }

  @Override
  StepOutcome run(Progress progress) {
    ConvertResult result = pipeline.run(settings(), runnerOptions.create(), progress);
    console.note("Converted: " + result.source());
    result.notices().forEach(console::note);
    StepOutcome outcome =
        StepOutcome.of(
            "%s of %s in %s at %s; %s rejected"
                .formatted(
                    Quantity.of(result.records(), "image"),
                    classes(result),
                    Quantity.of(result.shards(), "shard"),
                    output,
                    Quantity.of(result.rejected(), "picture")),
            result);
    return result.excess() == null
        ? outcome
        : outcome.failed(new Failure(Failure.Kind.BAD_DATA, result.excess()));
  }

  private static String classes(ConvertResult result) {
    String classes = Quantity.of(result.classes(), "class");
    return result.classesWithImages() == result.classes()
        ? classes
        : String.format(Locale.ROOT, "%,d of %s", result.classesWithImages(), classes);
  }
}
