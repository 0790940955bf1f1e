package dev.alexnet.pipelines.engine;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Our own options among those of the engines, after {@code --}. */
public interface EngineOptions extends PipelineOptions {
  @Description(
      "If this command is interrupted, leaves its job running on the cluster or on Dataflow. "
          + "Otherwise the job is cancelled.")
  @Default.Boolean(false)
  boolean isDetachOnInterrupt();

  void setDetachOnInterrupt(boolean value);

  @Description(
      "The GPU that each worker of 'score' and 'features' needs, as Beam's resource hint says it: "
          + "'type:nvidia-l4;count:1;install-nvidia-driver'. Engines without such hints ignore it.")
  @Default.String("")
  String getInferenceAccelerator();

  void setInferenceAccelerator(String value);

  @Description(
      "The memory that each worker of 'score' and 'features' needs at least, such as 16GB. "
          + "Engines without such hints ignore it.")
  @Default.String("")
  String getInferenceMinRam();

  void setInferenceMinRam(String value);
}
