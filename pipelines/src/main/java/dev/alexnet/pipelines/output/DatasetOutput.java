package dev.alexnet.pipelines.output;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The directory that a pipeline writes a dataset to, and whose it is: the plan stands in {@code
 * plan.json} of a directory for what is unfinished, and in the manifest when the dataset is
 * complete. Another plan is refused.
 */
public final class DatasetOutput {
  private static final String PLAN = "plan.json";

  private final ObjectStore store;
  private final Location output;
  private final String unfinished;
  private final ShardLedger ledger;
  private final Map<String, String> plan;

  /**
   * @param unfinished the name of the directory within the output for what is unfinished
   * @param plan all that decides the dataset's content, by name
   */
  public DatasetOutput(
      ObjectStore store, Location output, String unfinished, Map<String, String> plan) {
    this.store = requireNonNull(store, "store is null");
    this.output = requireNonNull(output, "output is null");
    this.unfinished = requireNonNull(unfinished, "unfinished is null");
    this.ledger = new ShardLedger(store, output, unfinished);
    this.plan = Map.copyOf(plan);
  }

  /** What {@code plan.json} holds. */
  private record Begun(Map<String, String> settings) {}

  /** Whether a run of any such pipeline has begun there and not ended. */
  public static boolean isBegun(ObjectStore store, Location output) {
    return store.list(output).stream()
        .filter(name -> name.startsWith(".") && name.endsWith("/"))
        .anyMatch(name -> store.exists(output.resolve(name).resolve(PLAN)));
  }

  public ShardLedger ledger() {
    return ledger;
  }

  /**
   * Refuses a directory of somebody else's before anything is put there.
   *
   * @throws Failure of kind OUTPUT_EXISTS where it holds files that no such pipeline wrote
   */
  public void refuseForeignFiles() {
    // A run that was killed at its very beginning has left an empty directory.
    List<String> files =
        store.list(output).stream().filter(name -> !name.equals(unfinished + "/")).toList();
    if (!files.isEmpty() && !Dataset.isAt(store, output) && !store.exists(ledger.file(PLAN))) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output
              + " is not empty (it holds "
              + files.get(0)
              + "), and nothing says that this command wrote it. Choose another --output, or"
              + " delete what is there.");
    }
  }

  /**
   * Whether there is nothing to do: a complete dataset of this plan is there, every file as it was
   * written. Only reads, so it asks for no lock and no right to write.
   *
   * @param progress hears of shards that are verified
   * @throws Failure of kind OUTPUT_EXISTS where a dataset of another plan is there, BAD_DATA where
   *     its manifest is damaged, or what is no shard of it lies among its shards
   */
  public boolean isFinished(Progress progress) {
    return Dataset.isAt(store, output)
        && !ledger.exists()
        && sameDataset().damagedFiles(progress).isEmpty();
  }

  private Dataset sameDataset() {
    Dataset there = readable();
    requireSame(there.manifest().settings());
    there.requireNoUnlistedShards();
    return there;
  }

  private Dataset readable() {
    try {
      return Dataset.withoutShards(store, output);
    } catch (Failure e) {
      if (e.kind() != Failure.Kind.BAD_DATA) {
        throw e;
      }
      // It alone says what the shards were made with, so none can be trusted or called ours.
      throw new Failure(
          e.kind(),
          output.resolve(Dataset.MANIFEST)
              + " cannot be read, so nothing says what "
              + output
              + " was made with. If it is this command's, delete that directory and run the command"
              + " again; otherwise choose another --output. "
              + e.getMessage(),
          e);
    }
  }

  /**
   * How a run finds the directory.
   *
   * @param complete whether there is nothing to do
   * @param notices what is to be said of it, in sentences
   */
  public record Start(boolean complete, List<String> notices) {
    public Start {
      notices = List.copyOf(notices);
    }
  }

  /** What of a damaged dataset may be used again is kept by this, before the manifest goes. */
  public interface Salvage {
    void keep(Dataset dataset, List<String> damaged);
  }

  /**
   * Puts the plan on record, or finds it there. A complete dataset that is damaged becomes one that
   * was begun. Only while the directory is held.
   *
   * @param progress hears of shards that are verified
   * @throws Failure of kind OUTPUT_EXISTS where another plan was begun or completed, BAD_DATA where
   *     the manifest is damaged, or what is no shard of it lies among its shards
   */
  public Start begin(Progress progress, Salvage salvage) {
    Location file = ledger.file(PLAN);
    if (Dataset.isAt(store, output)) {
      Dataset there = sameDataset();
      List<String> damaged = there.damagedFiles(progress);
      if (damaged.isEmpty()) {
        // A run that was killed between its last two steps left it.
        finish();
        return new Start(true, List.of());
      }
      store.write(file, Json.document(new Begun(plan)));
      salvage.keep(there, damaged);
      store.delete(output.resolve(Dataset.MANIFEST));
      return new Start(
          false, List.of("Lost or damaged, and so written again: " + NameList.of(damaged)));
    }
    if (store.exists(file)) {
      requireSame(Json.read(store.readAll(file), Begun.class, file).settings());
    } else {
      store.write(file, Json.document(new Begun(plan)));
    }
    return new Start(false, List.of());
  }

  /** Forgets what was unfinished: the dataset is complete. */
  public void finish() {
    ledger.forget();
  }

  private void requireSame(Map<String, String> existing) {
    if (!existing.keySet().equals(plan.keySet())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output
              + " holds a dataset, or the beginning of one, that another command or version made;"
              + " choose another --output");
    }
    for (String name : new TreeSet<>(plan.keySet())) {
      if (!Objects.equals(plan.get(name), existing.get(name))) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            output
                + " holds a dataset, or the beginning of one, that was made with "
                + name
                + " '"
                + existing.get(name)
                + "'; now it is '"
                + plan.get(name)
                + "'. Choose another --output, delete that one, or run with what it was made"
                + " with.");
      }
    }
  }
}
