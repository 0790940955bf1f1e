package dev.alexnet.ops.doctor;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** Who asks Google's APIs. */
interface CloudCredentials {

  /**
   * What a request carries: an access token, and the project that is charged where one is set. May
   * ask another service for the token.
   */
  Map<String, List<String>> headers(URI request) throws IOException;

  /** The e-mail address of the account; empty where the credentials do not tell. */
  String account();
}
