package dev.alexnet.infra.storage.gcs;

import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What the error of a request means for the next try. */
enum Trouble {
  /** The response would be the same again. */
  REFUSED,
  /** No connection can be made, so that the request had no effect. */
  UNREACHABLE,
  /** Passes; the request may have had its effect. */
  UNAVAILABLE;

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  static Trouble of(IOException error) {
    if (error instanceof CredentialsException credentials) {
      return credentials.mayPass() ? UNREACHABLE : REFUSED;
    }
    if (SourceException.in(error) != null) {
      return REFUSED;
    }
    int status = status(error);
    if (status > 0) {
      return PASSING.contains(status) ? UNAVAILABLE : REFUSED;
    }
    if (error instanceof ProtocolException) {
      return REFUSED;
    }
    return isUnreachable(error) ? UNREACHABLE : UNAVAILABLE;
  }

  /** The status of the response; 0 if there was none. */
  static int status(IOException error) {
    if (error instanceof HttpResponseException response) {
      return response.getStatusCode();
    }
    // The JDK's client cannot send a body again after 401.
    return error instanceof HttpRetryException retry ? retry.responseCode() : 0;
  }

  private static boolean isUnreachable(IOException error) {
    return error instanceof UnknownHostException
        || error instanceof ConnectException
        || error instanceof NoRouteToHostException
        || error instanceof SSLHandshakeException
        || error instanceof SSLPeerUnverifiedException
        || (error instanceof SocketTimeoutException timeout && isOfConnect(timeout));
  }

  /** The JDK throws the same exception if a connection is not made and if a response is late. */
  private static boolean isOfConnect(SocketTimeoutException timeout) {
    return timeout.getMessage() != null
        && timeout.getMessage().toLowerCase(Locale.ROOT).startsWith("connect");
  }
}
