package dev.alexnet.tests.dataflow;

import com.google.api.services.dataflow.model.DataflowPackage;
import java.util.List;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.options.PipelineOptions;

/** Stages nothing, for a service that runs nothing. */
public final class ForgetfulStager implements Stager {
  private ForgetfulStager() {}

  /** Called by Beam. */
  public static ForgetfulStager fromOptions(PipelineOptions options) {
    return new ForgetfulStager();
  }

  @Override
  public List<DataflowPackage> stageFiles(List<StagedFile> files) {
    return List.of();
  }

  @Override
  public DataflowPackage stageToFile(byte[] bytes, String name) {
    return new DataflowPackage().setName(name).setLocation("gs://alexnet-dev-temp/" + name);
  }
}
