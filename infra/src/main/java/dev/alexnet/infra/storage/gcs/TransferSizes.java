package dev.alexnet.infra.storage.gcs;

/**
 * Into which requests content is divided; all in bytes.
 *
 * @param longestSingle the longest content that is sent by one request, which is sent again as a
 *     whole if it breaks
 * @param piece how much of longer content one request sends; a multiple of 256 KiB, as the service
 *     requires
 * @param shortestComposite the shortest content that is sent in parallel parts, each an object
 *     until they are put together
 * @param part of such content, at least
 * @param range how much of an object one request fetches when a file is downloaded
 */
record TransferSizes(int longestSingle, int piece, long shortestComposite, int part, int range) {

  static TransferSizes standard() {
    return new TransferSizes(8 << 20, 16 << 20, 64 << 20, 16 << 20, 8 << 20);
  }
}
