package dev.alexnet.model.prediction;

import dev.alexnet.infra.settings.Setting;

/** The settings of every command that runs models on images. */
public final class InferenceSettings {
  public static final Setting<Integer> VIEWS =
      Setting.integer("views")
          .defaultsTo(1)
          .mustBe("1 or 10", views -> views == 1 || views == 10)
          .description(
              "Views of each image: 1, the centre, or 10: corners, centre and their mirror images,"
                  + " whose mean is taken.");

  public static final Setting<Integer> BATCH =
      Setting.integer("batch")
          .defaultsTo(128)
          .between(1, 4096)
          .description("Views at a time, 1 to 4096.");

  public static final Setting<String> DEVICES =
      Setting.text("devices")
          .defaultsTo(InferenceDevices.AUTO)
          .notBlank()
          .label("DEVICE,DEVICE")
          .description(
              "auto (every GPU; the CPU if there is no GPU), or a list such as gpu:0,gpu:1. Each device"
                  + " holds all models.");

  public static final Setting<Integer> BATCHES_PER_DEVICE =
      Setting.integer("batches-per-device")
          .defaultsTo(0)
          .atLeast(0)
          .description(
              "How many batches a device works on at a time; 0: 2 on a GPU, one for each core "
                  + "on the"
                  + " CPU.");

  private InferenceSettings() {}
}
