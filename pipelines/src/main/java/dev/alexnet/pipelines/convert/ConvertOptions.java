package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.storage.Location;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** {@link ConvertSettings} as flags of a pipeline, for templates. */
public interface ConvertOptions extends PipelineOptions {
  @Description("Directory with the archives, a list or class folders; or one archive, or the list")
  @Validation.Required
  String getInput();

  void setInput(String input);

  @Description("Directory of the dataset")
  @Validation.Required
  String getOutput();

  void setOutput(String output);

  @Description("train, validation or test")
  @Default.String("train")
  String getSplit();

  void setSplit(String split);

  @Description("auto, ilsvrc2012, ilsvrc2010, csv or folders")
  @Default.String("auto")
  String getLayout();

  void setLayout(String layout);

  @Description("The devkit's archive or folder; empty to look for it beside the pictures")
  @Default.String("")
  String getDevkit();

  void setDevkit(String devkit);

  @Description("all, present, or a file with a wnid a line")
  @Default.String("all")
  String getClasses();

  void setClasses(String classes);

  @Description(
      "auto, or text: with auto, classes that are all numbers stand in the order of the numbers")
  @Default.String("auto")
  String getClassOrder();

  void setClassOrder(String classOrder);

  @Description("How many files to write; 0 chooses by the number of images")
  @Default.Integer(0)
  int getShards();

  void setShards(int shards);

  @Description("Height and width of the images in pixels")
  @Default.Integer(256)
  int getSize();

  void setSize(int size);

  @Description("Quality of the JPEGs, 1 to 100")
  @Default.Integer(95)
  int getQuality();

  void setQuality(int quality);

  @Description("How pictures are scaled: area, pillow or bilinear")
  @Default.String("area")
  String getResize();

  void setResize(String resize);

  @Description("Under which names the features of a record are stored: tfds or slim")
  @Default.String("tfds")
  String getRecordSchema();

  void setRecordSchema(String recordSchema);

  @Description("Seed of the order of the images")
  @Default.Long(0)
  long getSeed();

  void setSeed(long seed);

  @Description("Convert only so many images of each class, chosen by the seed; 0 for all")
  @Default.Long(0)
  long getPerClass();

  void setPerClass(long perClass);

  @Description("Convert only so many images of those, chosen by the seed; 0 for all")
  @Default.Long(0)
  long getLimit();

  void setLimit(long limit);

  @Description("How many pictures may be rejected before the run counts as failed")
  @Default.Long(0)
  long getMaxRejected();

  void setMaxRejected(long maxRejected);

  /** The same as settings. */
  static ConvertSettings settings(ConvertOptions options) {
    return new ConvertSettings(
        new Location(options.getInput()),
        new Location(options.getOutput()),
        options.getSplit(),
        options.getLayout(),
        options.getDevkit().isEmpty() ? null : new Location(options.getDevkit()),
        options.getClasses(),
        options.getClassOrder(),
        options.getShards(),
        options.getSize(),
        options.getQuality(),
        options.getResize(),
        options.getRecordSchema(),
        options.getSeed(),
        options.getPerClass(),
        options.getLimit(),
        options.getMaxRejected());
  }
}
