package dev.alexnet.ops.doctor;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The application default credentials, which are found at the first request. */
final class ApplicationDefaultCredentials implements CloudCredentials {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private GoogleCredentials credentials;

  private synchronized GoogleCredentials credentials() throws IOException {
    if (credentials == null) {
      credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
    }
    return credentials;
  }

  @Override
  public Map<String, List<String>> headers(URI request) throws IOException {
    return credentials().getRequestMetadata(request);
  }

  @Override
  public synchronized String account() {
    if (credentials instanceof ImpersonatedCredentials impersonated) {
      return impersonated.getAccount();
    }
    return credentials instanceof ServiceAccountCredentials account ? account.getAccount() : "";
  }
}
