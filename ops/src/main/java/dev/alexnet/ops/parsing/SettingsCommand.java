package dev.alexnet.ops.parsing;

import dev.alexnet.infra.settings.SettingsDefinition;

/** A command whose options and parameters are settings. */
public interface SettingsCommand {
  SettingsDefinition<?> definition();
}
