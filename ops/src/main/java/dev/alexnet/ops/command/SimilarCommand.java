package dev.alexnet.ops.command;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import dev.alexnet.ops.job.StepOutcome;
import dev.alexnet.ops.runner.RunnerOptions;
import dev.alexnet.ops.runner.RunsOnBeam;
import dev.alexnet.ops.similarity.Neighbours;
import dev.alexnet.ops.similarity.SimilarImages;
import dev.alexnet.ops.similarity.SimilarSettings;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "similar",
    description = {
      "Finds the images of a dataset that a model sees as most like some pictures: those with the"
          + " least Euclidean distance between the features of its last hidden layer.",
      ""
    },
    customSynopsis = "alexnet similar [OPTIONS] [-- RUNNER OPTIONS]%n",
    footer = {
      "  alexnet similar --data dataset/train --model training/model --query dataset/validation \\",
      "      --output similar",
      "  alexnet similar --data dataset/train --model training/model --query cat.jpg \\",
      "      --features features --output similar/cat"
    })
final class SimilarCommand extends StepCommand implements RunsOnBeam {
  private final Console console;
  private final ObjectStore store;
  private final RunnerOptions runnerOptions;

  @Option(
      names = "--data",
      required = true,
      description = "The dataset among whose images is searched; the training set.")
  private Location data;

  @Option(names = "--model", required = true, description = "The directory of the model.")
  private Location model;

  @Option(
      names = "--query",
      required = true,
      description =
          "A JPEG or PNG file, a folder of them, or a dataset. May be given again. An image of"
              + " --data is not its own neighbour.")
  private List<Location> queries;

  @Option(
      names = "--images",
      defaultValue = "5",
      description = "How many images of a dataset in --query are taken, spread evenly over it.")
  private int images;

  @Option(
      names = "--features",
      description =
          "The features of --data, by 'alexnet features'. Where not given they are written into"
              + " the output, and found there the next time.")
  private Location features;

  @Option(
      names = "--output",
      required = true,
      description = "The directory for neighbours.png, neighbours.json and images.")
  private Location output;

  @Option(
      names = "--neighbours",
      defaultValue = "6",
      description = "How many of each picture, 1 to 20.")
  private int neighbours;

  @Option(names = "--batch", defaultValue = "128", description = "Images at a time, 1 to 4096.")
  private int batch;

  @Option(
      names = "--resize",
      defaultValue = "area",
      description = "How picture files are scaled, as in 'convert': area, pillow or bilinear.")
  private String resize;

  @Inject
  SimilarCommand(Console console, ObjectStore store, RunnerOptions runnerOptions) {
    super(console);
    this.console = console;
    this.store = requireNonNull(store, "store is null");
    this.runnerOptions = requireNonNull(runnerOptions, "runnerOptions is null");
  }

  @Override
  SimilarSettings settings() {
    return new SimilarSettings(
        data, model, queries, images, features, output, neighbours, batch, resize);
  }

  @Override
  StepOutcome run(Progress progress) {
    Neighbours found =
        SimilarImages.write(store, settings(), runnerOptions.create(), progress, console::note);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "neighbours of %,d pictures at %s",
            found.queries().size(),
            output.resolve(Neighbours.PICTURE)),
        found);
  }
}
