package dev.alexnet.infra.storage;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Passes every call on to a store; subclasses choose it by location, or do something before. */
public abstract class ForwardingStore implements ObjectStore {

  /** The store that a call goes to; called for each call. */
  protected abstract ObjectStore storeOf(Location location);

  @Override
  public Optional<ObjectEntry> find(Location location) {
    return storeOf(location).find(location);
  }

  @Override
  public boolean exists(Location location) {
    return storeOf(location).exists(location);
  }

  @Override
  public boolean isDirectory(Location location) {
    return storeOf(location).isDirectory(location);
  }

  @Override
  public long size(Location location) {
    return storeOf(location).size(location);
  }

  @Override
  public long crc32c(Location location) {
    return storeOf(location).crc32c(location);
  }

  @Override
  public SeekableByteChannel open(Location location) {
    return storeOf(location).open(location);
  }

  @Override
  public byte[] readAll(Location location) {
    return storeOf(location).readAll(location);
  }

  @Override
  public LoadedObject load(Location location) {
    return storeOf(location).load(location);
  }

  @Override
  public byte[] readRange(Location location, long generation, long offset, int length) {
    return storeOf(location).readRange(location, generation, offset, length);
  }

  @Override
  public PendingObject create(Location location, WriteCondition condition) {
    return storeOf(location).create(location, condition);
  }

  @Override
  public long write(Location location, byte[] content, WriteCondition condition) {
    return storeOf(location).write(location, content, condition);
  }

  @Override
  public long upload(Path source, Location target, WriteCondition condition) {
    return storeOf(target).upload(source, target, condition);
  }

  @Override
  public void download(Location source, Path target) {
    storeOf(source).download(source, target);
  }

  @Override
  public List<String> list(Location directory) {
    return storeOf(directory).list(directory);
  }

  @Override
  public List<ObjectEntry> entries(Location directory) {
    return storeOf(directory).entries(directory);
  }

  @Override
  public List<ObjectEntry> objectsBelow(Location directory) {
    return storeOf(directory).objectsBelow(directory);
  }

  @Override
  public void delete(Location location, WriteCondition condition) {
    storeOf(location).delete(location, condition);
  }

  @Override
  public void deleteDirectory(Location directory) {
    storeOf(directory).deleteDirectory(directory);
  }

  @Override
  public void copyDirectory(Location source, Location target, Runnable guard) {
    storeOf(target).copyDirectory(source, target, guard);
  }

  @Override
  public void deleteAbandoned(Location directory) {
    storeOf(directory).deleteAbandoned(directory);
  }
}
