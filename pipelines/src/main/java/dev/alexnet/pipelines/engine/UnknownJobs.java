package dev.alexnet.pipelines.engine;

import java.util.Optional;
import java.util.function.Predicate;

/** Nobody tells of jobs. */
final class UnknownJobs implements ClusterJobs {
  @Override
  public Optional<String> active(Predicate<String> wanted) {
    return Optional.empty();
  }

  @Override
  public Optional<String> obstacle(String name) {
    return Optional.empty();
  }
}
