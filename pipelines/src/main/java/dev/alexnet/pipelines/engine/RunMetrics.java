package dev.alexnet.pipelines.engine;

import dev.alexnet.infra.text.ByteSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run counted on its engine. Engines may count repeated work twice, or not at all.
 *
 * @param job the name of the job
 * @param images how many images were worked on, including those of shards that were already there
 * @param rejected how many pictures or records could not be used
 * @param bytes how many bytes of shards were written
 * @param retries how many shards needed more than one attempt
 */
public record RunMetrics(String job, long images, long rejected, long bytes, long retries) {
  /** Of a run that had nothing to do. */
  public static final RunMetrics NONE = new RunMetrics("", 0, 0, 0, 0);

  static RunMetrics of(String job, Counters counters) {
    return new RunMetrics(
        job,
        counters.of(WorkCounters.class, WorkCounters.IMAGES),
        counters.of(WorkCounters.class, WorkCounters.REJECTED),
        counters.of(WorkCounters.class, WorkCounters.BYTES),
        counters.of(WorkCounters.class, WorkCounters.RETRIES));
  }

  /** For the progress line: what is out of the ordinary first, then the bytes. */
  public String details() {
    List<String> parts = new ArrayList<>();
    if (rejected > 0) {
      parts.add(rejected + " rejected");
    }
    if (retries > 0) {
      parts.add(retries + " retried");
    }
    if (bytes > 0) {
      String size = new ByteSize(bytes).roundedDown().toString();
      parts.add(size + (size.matches("\\d+") ? " bytes" : "") + " written");
    }
    return String.join("  ", parts);
  }

  /** For JSON, by name. */
  public Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("job", job);
    facts.put("images", images);
    facts.put("rejected", rejected);
    facts.put("bytes", bytes);
    facts.put("retries", retries);
    return facts;
  }
}
