package dev.alexnet.ops.launch;

import com.google.cloud.batch.v1.Job;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/** A job as {@code gcloud batch jobs submit --config} takes it. */
public final class JobJson {
  private JobJson() {}

  /** With the labels sorted; ends with a line feed. */
  public static String of(Job job) {
    try {
      return JsonFormat.printer().sortingMapKeys().print(job) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("A job is not made of messages of unknown types", e);
    }
  }
}
