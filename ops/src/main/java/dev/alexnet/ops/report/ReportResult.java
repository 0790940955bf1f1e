package dev.alexnet.ops.report;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * What was written.
 *
 * @param page the self-contained page
 * @param bytes its length
 * @param pictures the names of the PNG files beside it
 * @param images how many images the report is about
 */
public record ReportResult(Location page, long bytes, List<String> pictures, long images) {
  public ReportResult {
    pictures = List.copyOf(pictures);
  }
}
