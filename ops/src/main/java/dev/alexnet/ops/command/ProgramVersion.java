package dev.alexnet.ops.command;

import jakarta.inject.Inject;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class ProgramVersion implements IVersionProvider {
  @Inject
  ProgramVersion() {}

  @Override
  public String[] getVersion() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return new String[] {"alexnet " + (version == null ? "(not packaged)" : version)};
  }
}
