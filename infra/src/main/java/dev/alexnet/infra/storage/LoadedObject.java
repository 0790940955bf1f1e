package dev.alexnet.infra.storage;

/**
 * An object that was read whole.
 *
 * @param content its bytes; not copied
 * @param generation that was read, for {@link WriteCondition#unchangedSince}
 */
@SuppressWarnings("ArrayRecordComponent")
public record LoadedObject(byte[] content, long generation) {}
