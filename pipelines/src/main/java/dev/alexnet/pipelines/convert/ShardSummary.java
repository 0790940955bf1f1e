package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.pipelines.output.ShardLedger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one shard came to.
 *
 * @param plan the hash of the settings and of the references that the shard was made from
 * @param shard the file
 * @param imagesOfClass how many images each class has in it, by wnid
 * @param sizes of the pictures that are in it, before they were scaled
 * @param rejections in the order of the shard
 */
record ShardSummary(
    @JsonProperty("planHash") String plan,
    Shard shard,
    SortedMap<String, Long> imagesOfClass,
    SizeHistogram sizes,
    List<Rejection> rejections)
    implements ShardLedger.Entry {

  ShardSummary {
    requireNonNull(plan, "plan is null");
    requireNonNull(shard, "shard is null");
    requireNonNull(sizes, "sizes is null");
    imagesOfClass = new TreeMap<>(imagesOfClass);
    rejections = List.copyOf(rejections);
  }

  @Override
  public List<Shard> files() {
    return List.of(shard);
  }
}
