package dev.alexnet.infra.storage;

/** Objects of Google Cloud Storage. */
final class GcsStore {
  private GcsStore() {}

  static ObjectStore connect() {
    return new LocalStore();
  }
}
