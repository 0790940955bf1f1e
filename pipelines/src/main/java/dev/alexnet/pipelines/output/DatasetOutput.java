package dev.alexnet.pipelines.output;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.text.NameList;
import dev.alexnet.model.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * The directory that a pipeline writes a dataset to. The plan is in {@code plan.json} of the
 * ledger's directory while the dataset is unfinished, and in the manifest when it is complete. A
 * run with another plan is refused.
 */
public final class DatasetOutput {
  private static final String PLAN = "plan.json";

  private final ObjectStore store;
  private final Location output;
  private final String unfinished;
  private final ShardLedger ledger;
  private final Map<String, String> plan;

  /**
   * @param unfinished the name of the ledger's directory within the output
   * @param plan everything that determines the dataset's content, by name
   */
  public DatasetOutput(
      ObjectStore store, Location output, String unfinished, Map<String, String> plan) {
    this.store = requireNonNull(store, "store is null");
    this.output = requireNonNull(output, "output is null");
    this.unfinished = requireNonNull(unfinished, "unfinished is null");
    this.ledger = new ShardLedger(store, output, unfinished);
    this.plan = Map.copyOf(plan);
  }

  /** The content of {@code plan.json}. */
  private record RecordedPlan(Map<String, String> settings) {}

  /** Whether any such pipeline has an unfinished run there. */
  public static boolean isBegun(ObjectStore store, Location output) {
    return store.list(output).stream()
        .filter(name -> name.startsWith(".") && name.endsWith("/"))
        .anyMatch(name -> store.exists(output.resolve(name).resolve(PLAN)));
  }

  public ShardLedger ledger() {
    return ledger;
  }

  /**
   * Refuses a directory with foreign files before anything is written.
   *
   * @throws Failure of kind OUTPUT_EXISTS if it holds files that this command did not write
   */
  public void refuseForeignFiles() {
    // A run that was killed right after its start leaves an empty directory.
    List<String> files =
        store.list(output).stream().filter(name -> !name.equals(unfinished + "/")).toList();
    if (!files.isEmpty() && !Dataset.isAt(store, output) && !store.exists(ledger.file(PLAN))) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output
              + " is not empty (it holds "
              + files.get(0)
              + "), and nothing shows that this command wrote it. Choose another --output, or"
              + " delete what is there.");
    }
  }

  /**
   * Whether there is nothing to do: a complete dataset of this plan exists with every file as it
   * was written. Only reads, so it needs neither the lock nor write permission.
   *
   * @param progress is told of verified shards
   * @throws Failure of kind OUTPUT_EXISTS if a dataset of another plan is there, BAD_DATA if its
   *     manifest is damaged, or files that are not its shards are among them
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
      // Only the manifest records how the shards were made, so without it none can be trusted or
      // claimed.
      throw new Failure(
          e.kind(),
          output.resolve(Dataset.MANIFEST)
              + " cannot be read, so it is unknown how "
              + output
              + " was made. If this command made it, delete that directory and run the command"
              + " again; otherwise choose another --output. "
              + e.getMessage(),
          e);
    }
  }

  /**
   * The state of the directory when a run starts.
   *
   * @param complete whether there is nothing to do
   * @param notices sentences for the user
   */
  public record Start(boolean complete, List<String> notices) {
    public Start {
      notices = List.copyOf(notices);
    }
  }

  /** Keeps what can be reused of a damaged dataset, before its manifest is deleted. */
  public interface Salvage {
    void keep(Dataset dataset, List<String> damaged);
  }

  /**
   * Records the plan, or compares it with the recorded one. A complete but damaged dataset becomes
   * an unfinished one. The caller must hold the directory's lock.
   *
   * @param progress is told of verified shards
   * @throws Failure of kind OUTPUT_EXISTS if another plan was started or completed, BAD_DATA if the
   *     manifest is damaged, or files that are not its shards are among them
   */
  public Start begin(Progress progress, Salvage salvage) {
    ledger.begin();
    Location file = ledger.file(PLAN);
    if (Dataset.isAt(store, output)) {
      Dataset there = sameDataset();
      List<String> damaged = there.damagedFiles(progress);
      if (damaged.isEmpty()) {
        // Left by a run that was killed between its last two steps.
        finish();
        return new Start(true, List.of());
      }
      store.write(file, Json.document(new RecordedPlan(plan)));
      salvage.keep(there, damaged);
      store.delete(output.resolve(Dataset.MANIFEST));
      return new Start(
          false, List.of("Rewriting missing or damaged files: " + NameList.of(damaged)));
    }
    if (store.exists(file)) {
      requireSame(Json.read(store.readAll(file), RecordedPlan.class, file).settings());
    } else {
      store.write(file, Json.document(new RecordedPlan(plan)), WriteCondition.absent());
    }
    return new Start(false, List.of());
  }

  /** Deletes the ledger, because the dataset is complete. */
  public void finish() {
    ledger.forget();
  }

  private void requireSame(Map<String, String> existing) {
    if (!existing.keySet().equals(plan.keySet())) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          output
              + " holds a complete or unfinished dataset that another command or version made;"
              + " choose another --output");
    }
    for (String name : new TreeSet<>(plan.keySet())) {
      if (!Objects.equals(plan.get(name), existing.get(name))) {
        throw new Failure(
            Failure.Kind.OUTPUT_EXISTS,
            output
                + " holds a complete or unfinished dataset that was made with "
                + name
                + " '"
                + existing.get(name)
                + "'; now it is '"
                + plan.get(name)
                + "'. Choose another --output, delete that directory, or run again with the old"
                + " value.");
      }
    }
  }
}
