package dev.alexnet.model.image;

/**
 * A picture as a dataset stores it.
 *
 * @param jpeg the image as a JPEG file
 * @param pixels {@code [size, size, 3]}, row, column, RGB, one unsigned byte a value: the image
 *     before its compression
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConvertedPicture(byte[] jpeg, byte[] pixels) {}
