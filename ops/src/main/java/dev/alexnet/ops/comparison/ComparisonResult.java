package dev.alexnet.ops.comparison;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.alexnet.infra.storage.Location;
import java.util.List;

/**
 * What a comparison found.
 *
 * @param images how many images there are
 * @param scored how many of them count in the errors
 * @param learning how fast the trainings learned; null if that was not asked for
 * @param page null if none was written
 */
public record ComparisonResult(
    long images,
    long scored,
    List<ComparedRun> runs,
    List<ComparedPair> pairs,
    @JsonInclude(JsonInclude.Include.NON_NULL) LearningSpeed learning,
    Location page) {}
