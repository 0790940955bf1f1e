package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.doctor.CloudApi;
import dev.alexnet.ops.doctor.Doctor;
import dev.alexnet.ops.doctor.EnvironmentChecks;
import dev.alexnet.ops.inspection.Inspector;

/** Looks at the machine and at what is stored, before and after work. */
final class InspectionModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(CloudApi.class);
    bind(EnvironmentChecks.class);
    bind(Doctor.class);
    bind(Inspector.class);
  }
}
