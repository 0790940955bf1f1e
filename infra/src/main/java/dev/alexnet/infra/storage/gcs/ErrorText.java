package dev.alexnet.infra.storage.gcs;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.JsonParser;
import java.io.IOException;
import java.util.Set;

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

  /**
   * The exception of a response that refuses. Google's own way of reading it prints a stack trace
   * on standard error if the response is cut short.
   */
  static GoogleJsonResponseException exception(JsonFactory json, HttpResponse response)
      throws IOException {
    String content = "";
    try {
      content = response.parseAsString();
    } catch (IOException e) {
      // The status tells enough.
    } finally {
      response.disconnect();
    }
    return new GoogleJsonResponseException(
        new HttpResponseException.Builder(
                response.getStatusCode(), response.getStatusMessage(), response.getHeaders())
            .setContent(content),
        details(json, content));
  }

  /** Null if there are none. */
  private static GoogleJsonError details(JsonFactory json, String content) {
    try {
      JsonParser parser = json.createJsonParser(content);
      return "error".equals(parser.skipToKey(Set.of("error")))
          ? parser.parseAndClose(GoogleJsonError.class)
          : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  static boolean isOfBucket(IOException error) {
    return of(error).contains("bucket does not exist");
  }

  static boolean isOfRequesterPays(IOException error) {
    return of(error).contains("requester pays");
  }
}
