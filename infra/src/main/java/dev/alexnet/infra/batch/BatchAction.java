package dev.alexnet.infra.batch;

/** What is asked of Batch, and the permission that it takes. */
enum BatchAction {
  SUBMIT("submit", "batch.jobs.create"),
  FIND("look up", "batch.jobs.get"),
  LIST("list", "batch.jobs.list"),
  CANCEL("cancel", "batch.jobs.cancel");

  private final String verb;
  private final String permission;

  BatchAction(String verb, String permission) {
    this.verb = verb;
    this.permission = permission;
  }

  /** For the middle of a sentence: {@code submit}. */
  String verb() {
    return verb;
  }

  String permission() {
    return permission;
  }
}
