package dev.alexnet.ops.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import java.net.http.HttpResponse;

/** Reads what Google's APIs answer: JSON, also of errors. */
final class CloudAnswer {
  private CloudAnswer() {}

  /**
   * @throws CloudException if it is an error, or no answer of Google's
   */
  static JsonNode read(String service, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    JsonNode body = parse(service, response);
    if (status == 200) {
      return body;
    }
    JsonNode error = body.path("error");
    if (error.isMissingNode()) {
      throw CloudException.foreign(service, status);
    }
    String message = error.path("message").asText(body.path("error_description").asText());
    throw status == 401
        ? CloudException.unauthenticated(service, message)
        : CloudException.refused(service, status, reason(error), message);
  }

  private static JsonNode parse(String service, HttpResponse<byte[]> response) {
    try {
      return Json.read(response.body(), JsonNode.class, service);
    } catch (Failure e) {
      throw CloudException.foreign(service, response.statusCode());
    }
  }

  /** Newer APIs tell it among the details, Cloud Storage and Compute Engine in a list of errors. */
  private static String reason(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      if (detail.has("reason")) {
        return detail.path("reason").asText();
      }
    }
    return error.path("errors").path(0).path("reason").asText();
  }
}
