package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.comparison.Comparison;
import dev.alexnet.ops.prediction.PictureFiles;
import dev.alexnet.ops.prediction.PicturePredictor;
import dev.alexnet.ops.report.Report;
import dev.alexnet.ops.scoring.ScoredCheckpoints;
import dev.alexnet.ops.similarity.NeighbourFiles;
import dev.alexnet.ops.similarity.SimilarImages;

/** Binds what shows a model's results: predictions, neighbours and the report. */
final class ReportModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(PictureFiles.class);
    bind(PicturePredictor.class);
    bind(NeighbourFiles.class);
    bind(SimilarImages.class);
    bind(Report.class);
    bind(ScoredCheckpoints.class);
    bind(Comparison.class);
  }
}
