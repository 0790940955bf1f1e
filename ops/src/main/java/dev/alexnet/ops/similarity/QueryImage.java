package dev.alexnet.ops.similarity;

import java.util.List;

/**
 * A picture whose neighbours are searched.
 *
 * @param image its id, or its file
 * @param source where it comes from
 * @param name of its class; empty if that is not known
 * @param wnid of its class; empty if that is not known
 * @param jpeg what the network sees
 * @param ownRow the row of the searched dataset that it is itself; −1 if it is not in it
 */
record QueryImage(
    String image, String source, String name, String wnid, List<byte[]> jpeg, long ownRow) {}
