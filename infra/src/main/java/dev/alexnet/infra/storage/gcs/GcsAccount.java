package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.auth.ServiceAccountSigner;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;

/**
 * In whose name requests are made: the application default credentials, which are looked for at the
 * first request, or nobody's.
 */
final class GcsAccount implements HttpRequestInitializer {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  // How the library tells that there are none from that they cannot be used.
  private static final String NOT_FOUND = "Your default credentials were not found";

  /** Where credentials come from. */
  interface Source {
    GoogleCredentials credentials() throws IOException;
  }

  private final Source source;
  private boolean looked;
  private GoogleCredentials credentials;

  GcsAccount(Source source) {
    this.source = source;
  }

  static GcsAccount applicationDefault() {
    return new GcsAccount(() -> GoogleCredentials.getApplicationDefault().createScoped(SCOPE));
  }

  /** For an emulator. */
  static GcsAccount nobody() {
    return new GcsAccount(() -> null);
  }

  @Override
  public void initialize(HttpRequest request) throws IOException {
    try {
      GoogleCredentials found = credentials();
      if (found != null) {
        new HttpCredentialsAdapter(found).initialize(request);
      }
    } catch (IOException e) {
      throw new CredentialsException(e);
    }
  }

  /** Null if there are none: public buckets can be read without. */
  private synchronized GoogleCredentials credentials() throws IOException {
    if (!looked) {
      try {
        credentials = source.credentials();
      } catch (IOException e) {
        if (e.getMessage() == null || !e.getMessage().startsWith(NOT_FOUND)) {
          throw e;
        }
      }
      looked = true;
    }
    return credentials;
  }

  /** Who asks, as far as it is known, for the end of a sentence. */
  String inWords() {
    try {
      GoogleCredentials known = credentials();
      if (known instanceof ServiceAccountSigner service) {
        return "as the service account " + service.getAccount();
      }
      if (known instanceof UserCredentials) {
        return "as the user of the application default credentials";
      }
      return known == null ? "without credentials" : "by the application default credentials";
    } catch (IOException | RuntimeException e) {
      // The metadata server may be what does not respond.
      return "by credentials that could not be read";
    }
  }

  /** Whether no credentials were found. */
  boolean isNobody() {
    try {
      return credentials() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
