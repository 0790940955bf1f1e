package dev.alexnet.model.training.shards;

import dev.alexnet.infra.settings.Setting;
import dev.alexnet.infra.text.ByteSize;

/** The setting of every command that trains on a dataset. */
public final class CacheSettings {
  public static final Setting<ByteSize> CACHE =
      Setting.size("cache")
          .defaultsTo(ByteSize.parse("50G"))
          .ofMachine()
          .description(
              "How much of the local disk the shards of datasets on gs:// take at most; what fits"
                  + " is downloaded only once. The default holds all of ImageNet. Local datasets"
                  + " are read where they are.");

  private CacheSettings() {}
}
