package dev.alexnet.infra.batch;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.UserCredentials;
import java.io.IOException;

/** In whose name Batch is asked. The credentials are looked for once, when they are needed. */
final class BatchAccount {
  private final Source source;
  private boolean looked;
  private GoogleCredentials credentials;

  BatchAccount(Source source) {
    this.source = source;
  }

  /** Where credentials come from. */
  interface Source {
    /** Null for a server that wants none. */
    GoogleCredentials credentials() throws IOException;
  }

  /** Null for a server that wants none. */
  synchronized GoogleCredentials credentials() throws IOException {
    if (!looked) {
      credentials = source.credentials();
      looked = true;
    }
    return credentials;
  }

  /** For the end of a sentence, as far as it is known. */
  synchronized String inWords() {
    if (credentials instanceof ServiceAccountSigner service) {
      return "as the service account " + service.getAccount();
    }
    if (credentials instanceof UserCredentials) {
      return "as the user of the application default credentials";
    }
    return credentials == null ? "without credentials" : "by the application default credentials";
  }
}
