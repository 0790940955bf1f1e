package dev.alexnet.ops.comparison;

import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param images how many images there are
 * @param scored how many of them count in the errors
 * @param page null if none was written
 */
public record ComparisonResult(
    long images, long scored, List<ComparedRun> runs, List<ComparedPair> pairs, Location page) {}
