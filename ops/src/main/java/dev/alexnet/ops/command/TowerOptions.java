package dev.alexnet.ops.command;

import picocli.CommandLine.Option;

/** Where the towers lie, and what they compute with. */
final class TowerOptions {
  @Option(
      names = "--precision",
      defaultValue = "fp32",
      description =
          "fp32, or bf16: convolutions and dense layers in bfloat16; parameters, momentum,"
              + " normalisation and loss in float32.")
  private String precision;

  @Option(
      names = "--devices",
      defaultValue = "auto",
      description =
          "auto, or the devices of the towers: gpu:0,gpu:1 or cpu:0,cpu:1, or gpu:0/2 for two"
              + " halves of a GPU.")
  private String devices;

  String precision() {
    return precision;
  }

  String devices() {
    return devices;
  }
}
