package dev.alexnet.model.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** The values of operands in a session run, by the names that a test gives them. */
public final class FetchedValues {
  private FetchedValues() {}

  /**
   * @param runner with its feeds
   */
  public static Map<String, float[]> of(
      Session.Runner runner, Map<String, Operand<TFloat32>> operands) {
    operands.values().forEach(runner::fetch);
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      for (String name : operands.keySet()) {
        TFloat32 tensor = (TFloat32) result.get(values.size());
        float[] array = new float[Math.toIntExact(tensor.size())];
        tensor.copyTo(DataBuffers.of(array, false, false));
        values.put(name, array);
      }
    }
    return values;
  }
}
