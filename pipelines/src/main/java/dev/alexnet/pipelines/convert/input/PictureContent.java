package dev.alexnet.pipelines.convert.input;

/**
 * What tells files apart: with a million files each, one pair of 2^50 is alike by chance.
 *
 * @param bytes how many there are
 */
record PictureContent(long bytes, long crc32c) {
  static PictureContent of(ReadPicture picture) {
    return new PictureContent(picture.bytes(), picture.crc32c());
  }
}
