package dev.alexnet.ops.cli;

import com.google.inject.AbstractModule;
import dev.alexnet.ops.doctor.CloudApi;
import dev.alexnet.ops.doctor.Doctor;
import dev.alexnet.ops.doctor.EnvironmentChecks;
import dev.alexnet.ops.inspection.Inspector;
import dev.alexnet.ops.inspection.LeakSearch;

/** Binds the checks of the machine and of stored data. */
final class InspectionModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(CloudApi.class);
    bind(EnvironmentChecks.class);
    bind(Doctor.class);
    bind(Inspector.class);
    bind(LeakSearch.class);
  }
}
