package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.testing.DatasetFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

class RecordFunctionsTest {
  @TempDir Path directory;

  private record Parsed(long label, List<Float> pixels) {}

  private static List<Parsed> parse(Dataset data) throws IOException {
    List<Parsed> all = new ArrayList<>();
    RecordFunctions functions = new RecordFunctions(12, data.meanImage());
    try (ConcreteFunction function = functions.validation(data.manifest());
        TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        try (TString content = TString.tensorOfBytes(NdArrays.scalarOfObject(record));
            TInt64 key = TInt64.scalarOf(0);
            Result result =
                function.call(Map.<String, Tensor>of("record", content, "roundKey", key))) {
          List<Float> pixels = new ArrayList<>();
          ((TFloat32) result.get("image").orElseThrow())
              .scalars()
              .forEach(value -> pixels.add(value.getFloat()));
          all.add(new Parsed(((TInt64) result.get("label").orElseThrow()).getLong(), pixels));
        }
      }
    }
    return all;
  }

  @Test
  void validation_slimRecords_giveTheSameImagesAndLabels() throws IOException {
    List<Parsed> plain = parse(DatasetFixture.write(directory.resolve("a"), "train", 16, 3, 12));
    List<Parsed> slim = parse(DatasetFixture.writeSlim(directory.resolve("b"), "train", 16, 3, 12));

    assertThat(plain).extracting(Parsed::label).containsExactly(0L, 1L, 2L, 0L, 1L, 2L);
    assertThat(plain.get(0).pixels()).hasSize(12 * 12 * 3);
    assertThat(slim).isEqualTo(plain);
  }
}
