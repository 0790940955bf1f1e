package dev.alexnet.model.training.step;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.training.device.MemoryNeed;
import dev.alexnet.model.training.shards.ShardSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

class StepFailureTest {
  /** The bytes of a record's length and both checksums. */
  private static final long RECORD_FRAMING = 16;

  private final TFInvalidArgumentException refused =
      new TFInvalidArgumentException(
          """
          2 root error(s) found.
            (0) INVALID_ARGUMENT: Unknown image file format. One of JPEG, PNG, GIF, BMP required.
          	 [[{{node DecodeJpeg}}]]
          	 [[input/IteratorGetNext]]
            (1) INVALID_ARGUMENT: Unknown image file format. One of JPEG, PNG, GIF, BMP required.
          	 [[{{node DecodeJpeg}}]]
          """);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CUDA error: Could not synchronize CUDA stream: CUDA_ERROR_ILLEGAL_ADDRESS: an illegal"
            + " memory access was encountered",
        "CUDA error: Failed to enqueue async memset operation: CUDA_ERROR_LAUNCH_FAILED:"
            + " unspecified launch failure",
        "'cuLaunchKernel(function, gridX, gridY, gridZ, blockX, blockY, blockZ, 0,"
            + " reinterpret_cast<CUstream>(stream), params, nullptr)' failed with"
            + " 'CUDA_ERROR_INVALID_HANDLE'",
        "CUDA runtime implicit initialization on GPU:0 failed. Status: device kernel image is"
            + " invalid",
        "cudaGetDevice() failed. Status: CUDA driver version is insufficient for CUDA runtime"
            + " version",
        "could not synchronize on CUDA context: CUDA_ERROR_ECC_UNCORRECTABLE: uncorrectable ECC"
            + " error encountered",
        "GPU sync failed",
        "CopyGPUTensorToCPU: GPU->CPU Memcpy failed",
        "Blas GEMM launch failed : a.shape=(128, 9216), b.shape=(9216, 4096), m=128, n=4096,"
            + " k=9216",
        "cuDNN launch failure : input shape([128,3,227,227]) filter shape([11,11,3,48])"
      })
  void ofDevices_whatAGpuFailsWith_namesDevicesAndMessageAndWhatToDo(String message) {
    var thrown = new TensorFlowException(message + "\n\t [[{{node tower1/conv2/Conv2D}}]]");
    assertThatFailure(StepFailure.ofDevices("gpu:0,gpu:1", thrown))
        .isOfKind(Failure.Kind.DEVICE)
        .hasMessage(
            "One of the devices gpu:0,gpu:1 failed: "
                + message
                + ". Checkpoints are safe. Check the devices with nvidia-smi first; then run "
                + "the same command again to continue from the last checkpoint")
        .hasCause(thrown);
  }

  @Test
  void ofDevices_amongOtherErrors_quotesTheDevices() {
    var thrown =
        new TFFailedPreconditionException(
            """
            2 root error(s) found.
              (0) CANCELLED: Function was cancelled before it was started
            	 [[{{node input/IteratorGetNext}}]]
              (1) FAILED_PRECONDITION: DNN library initialization failed. Look at the errors above\
             for more details.
            	 [[{{node tower0/conv1/Conv2D}}]]
            """);
    assertThat(StepFailure.ofDevices("gpu:0", thrown))
        .hasMessageStartingWith(
            "One of the devices gpu:0 failed: (1) FAILED_PRECONDITION: DNN library initialization failed."
                + " Look at the errors above for more details. Checkpoints are safe. Check ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Input to reshape is a tensor with 4 values, but the requested shape has 6\n\t"
            + " [[{{node tower0/fc6/Reshape}}]] on /job:localhost/replica:0/task:0/device:GPU:0",
        "/data/cuda/train-00001-of-00002.tfrecord; Input/output error",
        "Failed to call ThenRnnForward"
      })
  void ofDevices_anythingElse_isWhatItWas(String message) {
    var thrown = new TensorFlowException(message);
    assertThat(StepFailure.ofDevices("gpu:0,gpu:1", thrown)).isSameAs(thrown);
  }

  @Test
  void explaining_undecodableImage_isBadDataOnAGpuToo() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, 8);
    var thrown =
        new TFInvalidArgumentException(
            "Invalid JPEG data or crop window, data size 631\n\t [[{{node input/DecodeJpeg}}]]\n\t"
                + " [[tower0/conv1/Conv2D/_12]] on /device:GPU:0");
    assertThatFailure(explained(data, thrown))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("cannot be read: Invalid JPEG data or crop window, data size 631. ");
  }

  @Test
  void explaining_undecodableImage_namesItsRecordAndWhatToDo() {
    Dataset data = datasetWithATextAsSecondRecord();
    long second = firstRecord(data).length + RECORD_FRAMING;
    assertThatFailure(explained(data, refused))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            "The image odd.JPEG in "
                + data.location()
                + "/train-00000-of-00002.tfrecord at byte "
                + second
                + " cannot be decoded: Unknown image file format. One of JPEG, PNG, GIF, BMP "
                + "required."
                + " Run 'alexnet convert' on its source again, which rejects such images, or remove"
                + " it there first")
        .hasCause(refused);
  }

  @Test
  void explaining_allImagesDecodable_quotesTheDecoder() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, 8);
    assertThatFailure(explained(data, refused))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            "An image of "
                + data.location()
                + " cannot be read: Unknown image file format. One of JPEG, PNG, GIF, BMP required."
                + " 'alexnet score' lists such images; convert again")
        .hasCause(refused);
  }

  @Test
  void explaining_aLabelOutsideTheClasses_quotesTheAssertion() {
    Dataset data = datasetWithATextAsSecondRecord();
    var thrown =
        new TFInvalidArgumentException(
            """
            2 root error(s) found.
              (0) INVALID_ARGUMENT: assertion failed: [n1_1.JPEG] [has the label] [7] [which is none\
             of the classes 0 to 3]
            	 [[{{node Assert/Assert}}]]
            	 [[input/IteratorGetNext]]
            """);
    assertThat(explained(data, thrown))
        .hasMessage(
            "An image of "
                + data.location()
                + " cannot be read: assertion failed: [n1_1.JPEG] [has the label] [7] [which "
                + "is none"
                + " of the classes 0 to 3]. 'alexnet score' lists such images; convert again");
  }

  @Test
  void explaining_tensorFlowsOutOfMemory_saysBatchNeedAndWhatToDo() {
    Dataset data = DatasetFixture.write(directory, "train", 56, 4, 8);
    var thrown = new TFResourceExhaustedException("OOM when allocating tensor\nmore");
    assertThatFailure(
            StepFailure.explaining(
                ShardSource.local().of(data),
                MemoryNeed.of(Presets.published(), 1000, 512),
                thrown))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageStartingWith(
            "There is not enough memory for a batch of 512: OOM when allocating tensor. It is "
                + "estimated to take")
        .hasMessageEndingWith("Give a smaller --batch");
  }

  private static RuntimeException explained(Dataset data, RuntimeException thrown) {
    return StepFailure.explaining(
        ShardSource.local().of(data), MemoryNeed.of(Presets.mini(), 4, 8), thrown);
  }

  private Dataset datasetWithATextAsSecondRecord() {
    Dataset sound = DatasetFixture.write(directory, "train", 56, 4, 8);
    byte[] text = "no picture".getBytes(StandardCharsets.UTF_8);
    ImageRecord odd = new ImageRecord(text, 1, "odd.JPEG", "n00000001");
    return DatasetFixture.rewriteFirstShard(
        sound, List.of(firstRecord(sound), sound.manifest().codec().encode(odd)));
  }

  private static byte[] firstRecord(Dataset data) {
    try (TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      return reader.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
