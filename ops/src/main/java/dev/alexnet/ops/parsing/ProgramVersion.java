package dev.alexnet.ops.parsing;

import jakarta.inject.Inject;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
public final class ProgramVersion implements IVersionProvider {
  @Inject
  public ProgramVersion() {}

  @Override
  public String[] getVersion() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return new String[] {"alexnet " + (version == null ? "(not packaged)" : version)};
  }
}
