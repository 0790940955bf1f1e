package dev.alexnet.model.network;

import dev.alexnet.infra.settings.Setting;
import java.util.List;

/** The settings of every command that builds a network by its name. */
public final class NetworkSettings {
  public static final Setting<String> PRESET =
      Setting.text("preset")
          .defaultsTo("published")
          .oneOf(Presets.names())
          .label("NAME")
          .description(
              "The network: published, paper-text, half, conv6, mini, or cifar for pictures of 32 pixels.");

  public static final Setting<String> WITHOUT =
      Setting.text("without")
          .label("PART,PART")
          .description(
              "Parts to leave out, separated by commas: conv3, conv4, conv5, lrn, dropout, overlap"
                  + " (of pooling windows).");

  public static final Setting<Activation> ACTIVATION =
      Setting.choice("activation", Activation.class)
          .defaultsTo(Activation.RELU)
          .description("What units compute from their sums: relu, or tanh to compare with.");

  public static final Setting<Integer> BATCH =
      Setting.integer("batch").defaultsTo(128).atLeast(1).description("Images per step.");

  public static final Setting<Integer> CLASSES =
      Setting.integer("classes")
          .defaultsTo(1000)
          .atLeast(1)
          .description("Units of the last layer; a dataset determines its own number.");

  public static final Setting<Precision> PRECISION =
      Setting.choice("precision", Precision.class)
          .defaultsTo(Precision.FP32)
          .description(
              "fp32, or bf16: convolutions and dense layers in bfloat16; parameters, momentum,"
                  + " normalisation and loss in float32.");

  public static final Setting<String> DEVICES =
      Setting.text("devices")
          .defaultsTo(Placement.AUTO)
          .notBlank()
          .label("DEVICE,DEVICE")
          .description(
              "auto, or the devices of the towers: gpu:0,gpu:1 or cpu:0,cpu:1, or gpu:0/2 for two"
                  + " halves of a GPU.");

  /** Which network, and how many images it takes at a time. */
  public static final List<Setting<?>> NETWORK = List.of(PRESET, WITHOUT, ACTIVATION, BATCH);

  /** Where the towers are computed, and in which precision. */
  public static final List<Setting<?>> TOWERS = List.of(PRECISION, DEVICES);

  private NetworkSettings() {}
}
