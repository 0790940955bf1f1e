package dev.alexnet.pipelines.convert;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.DelegateCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.transforms.Combine;

/**
 * Finds the cutoff of a limit: the greatest of the {@code limit} least numbers. Beam's {@code Top}
 * allocates space for all of them at the start, so a huge limit, meant as no limit, would exhaust
 * the memory.
 */
final class CutoffFn extends Combine.CombineFn<Long, PriorityQueue<Long>, Long> {
  private static final long serialVersionUID = 1L;
  private final long limit;

  /**
   * @param limit how many numbers to keep, at least 1
   */
  CutoffFn(long limit) {
    this.limit = limit;
  }

  @Override
  public PriorityQueue<Long> createAccumulator() {
    return queueOf(List.of());
  }

  private static PriorityQueue<Long> queueOf(List<Long> numbers) {
    PriorityQueue<Long> greatestFirst = new PriorityQueue<>(Comparator.reverseOrder());
    greatestFirst.addAll(numbers);
    return greatestFirst;
  }

  @Override
  public PriorityQueue<Long> addInput(PriorityQueue<Long> least, Long number) {
    least.add(number);
    if (least.size() > limit) {
      least.remove();
    }
    return least;
  }

  @Override
  public PriorityQueue<Long> mergeAccumulators(Iterable<PriorityQueue<Long>> parts) {
    PriorityQueue<Long> least = createAccumulator();
    parts.forEach(part -> part.forEach(number -> addInput(least, number)));
    return least;
  }

  @Override
  public Long extractOutput(PriorityQueue<Long> least) {
    return least.element();
  }

  @Override
  public Coder<PriorityQueue<Long>> getAccumulatorCoder(
      CoderRegistry registry, Coder<Long> number) {
    return DelegateCoder.of(ListCoder.of(number), List::copyOf, CutoffFn::queueOf);
  }
}
