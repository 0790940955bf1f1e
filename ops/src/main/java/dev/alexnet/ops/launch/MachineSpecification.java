package dev.alexnet.ops.launch;

import com.google.cloud.batch.v1.AllocationPolicy.Accelerator;
import com.google.cloud.batch.v1.AllocationPolicy.AttachedDisk;
import com.google.cloud.batch.v1.AllocationPolicy.Disk;
import com.google.cloud.batch.v1.AllocationPolicy.InstancePolicy;
import com.google.cloud.batch.v1.AllocationPolicy.InstancePolicyOrTemplate;
import dev.alexnet.ops.environment.MachineProfile;

/** Describes the machine of a job. There is no template: the job says everything. */
final class MachineSpecification {
  /** The name of the local SSD for the task that mounts it. */
  static final String SCRATCH_DEVICE = "scratch";

  private static final long LOCAL_SSD_GB = 375;
  private static final long BOOT_DISK_GB = 50;

  private final MachineProfile machine;

  MachineSpecification(MachineProfile machine) {
    this.machine = machine;
  }

  InstancePolicyOrTemplate on(Provisioning terms) {
    return InstancePolicyOrTemplate.newBuilder()
        .setPolicy(policy(terms))
        // Batch's image has no driver; it installs the one that goes with its kernel.
        .setInstallGpuDrivers(true)
        .setBlockProjectSshKeys(true)
        .build();
  }

  private InstancePolicy policy(Provisioning terms) {
    InstancePolicy.Builder policy =
        InstancePolicy.newBuilder()
            .setMachineType(machine.machineType())
            .setProvisioningModel(terms.model())
            // The GPU image is larger than what the default disk leaves beside the system.
            .setBootDisk(
                Disk.newBuilder()
                    .setType("pd-balanced")
                    .setSizeGb(BOOT_DISK_GB)
                    .setImage("batch-cos"))
            .addDisks(
                AttachedDisk.newBuilder()
                    .setDeviceName(SCRATCH_DEVICE)
                    .setNewDisk(
                        Disk.newBuilder().setType("local-ssd").setSizeGb(localSsdGigabytes())));
    if (machine.hasAttachedAccelerators()) {
      policy.addAccelerators(
          Accelerator.newBuilder().setType(machine.accelerator()).setCount(machine.accelerators()));
    }
    return policy.build();
  }

  /**
   * One disk for each GPU: machine types with GPUs of their own take no fewer, and some have just
   * these already.
   */
  private long localSsdGigabytes() {
    return LOCAL_SSD_GB * machine.accelerators();
  }
}
