package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import java.io.Serializable;

/**
 * A source picture that was left out of the dataset: a line of {@code rejected.jsonl}.
 *
 * @param image its id
 * @param source the archive or file where it is
 * @param offset where its bytes start there
 * @param reason the category, such as {@code TRUNCATED}
 * @param message what was wrong with it, in words
 */
public record Rejection(String image, String source, long offset, String reason, String message)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public Rejection {
    new Problems("rejection")
        .require(image != null && !image.isEmpty(), "image is missing")
        .require(source != null, "source is missing")
        .require(reason != null && reason.matches("[A-Z_]+"), "reason is '%s'", reason)
        .require(message != null, "message is missing")
        .throwIfAny();
  }
}
