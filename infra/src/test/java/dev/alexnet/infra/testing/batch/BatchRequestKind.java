package dev.alexnet.infra.testing.batch;

/** A method of Batch's service. */
public enum BatchRequestKind {
  CREATE,
  GET,
  LIST,
  CANCEL,
  DELETE
}
