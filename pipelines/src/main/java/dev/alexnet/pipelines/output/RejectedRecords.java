package dev.alexnet.pipelines.output;

import dev.alexnet.infra.settings.Setting;

/** The setting for how many undecodable records a run may have. */
public final class RejectedRecords {
  public static final Setting<Long> ALLOWED =
      Setting.longInteger("max-rejected")
          .defaultsTo(0L)
          .atLeast(0)
          .description(
              "If more records than this cannot be decoded, the command fails after writing the rest.");

  private RejectedRecords() {}
}
