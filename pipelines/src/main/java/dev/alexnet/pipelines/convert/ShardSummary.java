package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.alexnet.model.dataset.Rejection;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.model.dataset.SizeHistogram;
import dev.alexnet.pipelines.convert.input.ReadPictures;
import dev.alexnet.pipelines.output.ShardLedger;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The summary of one finished shard.
 *
 * @param plan the hash of the settings and references that the shard was made from
 * @param shard the file
 * @param imagesOfClass how many images of each class it holds, by wnid
 * @param sizes the sizes of its pictures before they were scaled
 * @param rejections the rejected pictures, in the order of the shard
 * @param turned how many of its pictures have an EXIF orientation by which they are to be turned;
 *     null if none has
 * @param read its pictures as they were when they were read; null if an earlier version wrote it
 */
record ShardSummary(
    @JsonProperty("planHash") String plan,
    Shard shard,
    SortedMap<String, Long> imagesOfClass,
    SizeHistogram sizes,
    List<Rejection> rejections,
    @JsonProperty("turned") @JsonInclude(JsonInclude.Include.NON_NULL) Long turned,
    @JsonProperty("read") @JsonInclude(JsonInclude.Include.NON_NULL) ReadPictures read)
    implements ShardLedger.Entry {

  ShardSummary {
    requireNonNull(plan, "plan is null");
    requireNonNull(shard, "shard is null");
    requireNonNull(sizes, "sizes is null");
    imagesOfClass = new TreeMap<>(imagesOfClass);
    rejections = List.copyOf(rejections);
  }

  ReadPictures readPictures() {
    return read == null ? ReadPictures.NONE : read;
  }

  long turnedPictures() {
    return turned == null ? 0 : turned;
  }

  @Override
  public List<Shard> files() {
    return List.of(shard);
  }
}
