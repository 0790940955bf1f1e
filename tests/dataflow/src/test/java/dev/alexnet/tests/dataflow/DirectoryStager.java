package dev.alexnet.tests.dataflow;

import com.google.api.services.dataflow.model.DataflowPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.options.PipelineOptions;

/** Stages what a job needs beside its template, instead of in a bucket. Libraries stay away. */
public final class DirectoryStager implements Stager {
  private final DataflowPipelineOptions options;

  private DirectoryStager(DataflowPipelineOptions options) {
    this.options = options;
  }

  /** Called by Beam. */
  public static DirectoryStager fromOptions(PipelineOptions options) {
    return new DirectoryStager(options.as(DataflowPipelineOptions.class));
  }

  @Override
  public List<DataflowPackage> stageFiles(List<StagedFile> files) {
    List<DataflowPackage> staged = new ArrayList<>();
    files.forEach(file -> staged.add(staged(file.getDestination())));
    return staged;
  }

  @Override
  public DataflowPackage stageToFile(byte[] bytes, String name) {
    try {
      Files.write(Path.of(options.getTemplateLocation()).resolveSibling(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return staged(name);
  }

  private static DataflowPackage staged(String name) {
    return new DataflowPackage().setName(name).setLocation("gs://alexnet-dev-temp/staging/" + name);
  }
}
