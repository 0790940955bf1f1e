package dev.alexnet.pipelines.source;

/**
 * A plain file within a tar archive.
 *
 * @param path its name as the archive has it: a key, never a path to write to
 * @param offset where its bytes start in the outermost file
 * @param length how many bytes it has
 */
record TarMember(String path, long offset, long length) {

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
