package dev.alexnet.infra.storage.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import java.io.IOException;

/** What the service, or else the exception, says about an error. */
final class ErrorText {
  private static final int LONGEST = 300;

  private ErrorText() {}

  /** On one line, after the status if there is one. */
  static String of(IOException error) {
    String text = error.getMessage();
    if (error instanceof GoogleJsonResponseException json && json.getDetails() != null) {
      text = json.getStatusCode() + " " + json.getDetails().getMessage();
    } else if (error instanceof HttpResponseException response) {
      String content = response.getContent() == null ? "" : response.getContent();
      text = response.getStatusCode() + " " + content;
    }
    if (text == null || text.isBlank()) {
      return error.getClass().getSimpleName();
    }
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  static boolean isOfBucket(IOException error) {
    return of(error).contains("bucket does not exist");
  }

  static boolean isOfRequesterPays(IOException error) {
    return of(error).contains("requester pays");
  }
}
