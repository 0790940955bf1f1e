package dev.alexnet.model.training.watch;

import dev.alexnet.infra.storage.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * What a step reads, to find out what it is waiting for.
 *
 * @param dataset where the dataset is
 * @param files that the step may be reading
 * @param hasArrived whether the step's images were delivered
 */
public record StepInput(
    Location dataset, Supplier<List<Path>> files, Callable<Boolean> hasArrived) {}
