package dev.alexnet.infra.batch;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.batch.v1.BatchServiceClient;
import com.google.cloud.batch.v1.BatchServiceSettings;
import dev.alexnet.infra.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection to Batch, which is made when it is needed for the first time. */
final class BatchConnection implements AutoCloseable {
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

  /** The library itself tries for a minute and more to get an access token. */
  private static final Duration LONGEST_TOKEN = Duration.ofSeconds(10);

  private final BatchAccount account;
  private final BatchFailures failures;
  private final TransportChannelProvider channels;
  private BatchServiceClient client;

  BatchConnection(BatchAccount account, BatchFailures failures, TransportChannelProvider channels) {
    this.account = account;
    this.failures = failures;
    this.channels = channels;
  }

  /**
   * @throws Failure of kind PERMISSION if there are no valid credentials
   */
  synchronized BatchServiceClient client() {
    if (client == null) {
      try {
        client = BatchServiceClient.create(settings(withToken()));
      } catch (IOException e) {
        throw failures.unreachable(e.getMessage(), e);
      }
    }
    return client;
  }

  /** The credentials, with an access token: otherwise the first request would wait for it. */
  private GoogleCredentials withToken() {
    CompletableFuture<GoogleCredentials> ready =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                GoogleCredentials credentials = account.credentials();
                if (credentials != null) {
                  credentials.refreshIfExpired();
                }
                return credentials;
              } catch (IOException e) {
                throw failures.ofCredentials(e);
              }
            });
    try {
      return ready.get(LONGEST_TOKEN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failures.withoutCredentials(
          "no access token came within " + LONGEST_TOKEN.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw BatchFailures.interrupted(e);
    } catch (ExecutionException e) {
      Failure failure = Failure.in(e);
      throw failure == null ? new IllegalStateException(e.getCause()) : failure;
    }
  }

  private BatchServiceSettings settings(GoogleCredentials credentials) throws IOException {
    BatchServiceSettings.Builder settings =
        BatchServiceSettings.newBuilder()
            .setCredentialsProvider(
                credentials == null
                    ? NoCredentialsProvider.create()
                    : FixedCredentialsProvider.create(credentials))
            .setTransportChannelProvider(channels);
    // It repeats some requests and not others, in its own time.
    withoutRetries(settings.createJobSettings());
    withoutRetries(settings.getJobSettings());
    withoutRetries(settings.cancelJobSettings());
    withoutRetries(settings.listJobsSettings());
    return settings.build();
  }

  private static void withoutRetries(UnaryCallSettings.Builder<?, ?> call) {
    call.setSimpleTimeoutNoRetriesDuration(LONGEST_REQUEST);
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
