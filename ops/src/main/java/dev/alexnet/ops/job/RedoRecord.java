package dev.alexnet.ops.job;

import dev.alexnet.infra.json.StoredFormat;
import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code .redo} in the work directory, from before a run makes room for new results until they are
 * done.
 *
 * @param roomMade whether all former results are out of the way, and none is being put back
 * @param settings the hash of the settings of each step that is made anew
 * @param directories of the steps whose results are set aside, relative to the work directory
 * @param before what the ledger said then
 */
record RedoRecord(
    int schemaVersion,
    boolean roomMade,
    Map<String, String> settings,
    Map<String, String> directories,
    Ledger before) {
  static final String FILE = ".redo";
  private static final int SCHEMA_VERSION = 1;
  private static final StoredFormat FORMAT =
      new StoredFormat(
          "record of an unfinished redo",
          "schemaVersion",
          SCHEMA_VERSION,
          "give the job another --workdir");

  RedoRecord {
    new Problems("redo")
        .require(
            schemaVersion == SCHEMA_VERSION,
            "schemaVersion is %s; this program reads %s",
            schemaVersion,
            SCHEMA_VERSION)
        .require(settings != null, "settings is missing")
        .require(directories != null, "directories is missing")
        .require(before != null, "before is missing")
        .throwIfAny();
    settings = new TreeMap<>(settings);
    directories = new TreeMap<>(directories);
  }

  static RedoRecord of(
      Map<String, String> settings, Map<String, String> directories, Ledger before) {
    return new RedoRecord(SCHEMA_VERSION, false, settings, directories, before);
  }

  /**
   * @param where what to call the file in an error
   */
  static RedoRecord read(byte[] content, Location where) {
    return FORMAT.read(content, RedoRecord.class, where);
  }

  RedoRecord withRoomMade(boolean made) {
    return new RedoRecord(schemaVersion, made, settings, directories, before);
  }
}
