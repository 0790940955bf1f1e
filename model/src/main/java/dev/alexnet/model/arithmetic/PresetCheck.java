package dev.alexnet.model.arithmetic;

import dev.alexnet.infra.progress.Progress;
import dev.alexnet.model.network.AlexNetSpec;
import dev.alexnet.model.network.Device;
import dev.alexnet.model.network.Execution;
import dev.alexnet.model.network.LocalDevices;
import dev.alexnet.model.network.Pass;
import dev.alexnet.model.network.Placement;
import dev.alexnet.model.network.Precision;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.session.SessionConfigurations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The result of checking a preset's arithmetic on this machine.
 *
 * @param preset its name
 */
public record PresetCheck(String preset, Precision precision, CheckedArithmetic checked) {
  private static final int CLASSES = 1000;
  private static final List<Integer> BATCHES = List.of(128, 1);

  /**
   * Checks every preset in every precision that this machine supports, on each GPU and on the CPU.
   *
   * @param progress counts networks
   */
  public static List<PresetCheck> all(Progress progress) {
    ArithmeticCheck check = new ArithmeticCheck(BATCHES, SessionConfigurations.onDevices().build());
    List<Device> devices = new ArrayList<>();
    IntStream.range(0, LocalDevices.gpus()).forEach(gpu -> devices.add(new Device(true, gpu)));
    devices.add(Device.HOST);
    List<PresetCheck> checks = new ArrayList<>();
    List<Precision> precisions = new ArrayList<>(List.of(Precision.values()));
    if (!Processor.ofThisMachine().canComputeBfloat16()) {
      precisions.remove(Precision.BF16);
    }
    int total = Presets.names().size() * precisions.size();
    // The published network first, because others share its operations.
    List<String> names = new ArrayList<>(Presets.names());
    names.remove(Presets.published().name());
    names.add(0, Presets.published().name());
    for (String name : names) {
      AlexNetSpec network = Presets.named(name);
      for (Precision precision : precisions) {
        CheckedArithmetic checked = CheckedArithmetic.NOTHING;
        for (Device device : devices) {
          Execution execution = Execution.on(new Placement(List.of(device)), precision);
          checked = checked.and(check.run(network, CLASSES, execution, Pass.TRAINING));
        }
        checks.add(new PresetCheck(name, precision, checked));
        progress.report(checks.size(), total, "networks", "checking their arithmetic");
      }
    }
    return checks;
  }
}
