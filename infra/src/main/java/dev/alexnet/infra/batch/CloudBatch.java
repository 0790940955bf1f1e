package dev.alexnet.infra.batch;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.batch.v1.BatchServiceSettings;
import dev.alexnet.infra.clock.SleepingClock;
import java.util.function.Consumer;

/** Google Cloud Batch over gRPC. */
public final class CloudBatch implements Batch {
  /**
   * System property with the address of a server that stands in for Batch's, such as {@code
   * localhost:8080}. It is spoken to in plain text and without credentials.
   */
  public static final String ENDPOINT = "alexnet.batch.endpoint";

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final BatchAccount.Source credentials;
  private final TransportChannelProvider channels;
  private final SleepingClock clock;
  private final Consumer<String> notices;

  CloudBatch(
      BatchAccount.Source credentials,
      TransportChannelProvider channels,
      SleepingClock clock,
      Consumer<String> notices) {
    this.credentials = requireNonNull(credentials, "credentials is null");
    this.channels = requireNonNull(channels, "channels is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.notices = requireNonNull(notices, "notices is null");
  }

  /**
   * The real service, or the one that {@value #ENDPOINT} names.
   *
   * @param notices is told of a service that stays unavailable
   */
  public static CloudBatch standard(SleepingClock clock, Consumer<String> notices) {
    String endpoint = System.getProperty(ENDPOINT, "");
    return endpoint.isEmpty()
        ? new CloudBatch(
            () -> GoogleCredentials.getApplicationDefault().createScoped(SCOPE),
            BatchServiceSettings.defaultTransportChannelProvider(),
            clock,
            notices)
        : at(endpoint, clock, notices);
  }

  /**
   * A server that stands in for Batch's.
   *
   * @param endpoint such as {@code localhost:8080}
   */
  public static CloudBatch at(String endpoint, SleepingClock clock, Consumer<String> notices) {
    return new CloudBatch(() -> null, plainText(endpoint), clock, notices);
  }

  static TransportChannelProvider plainText(String endpoint) {
    return InstantiatingGrpcChannelProvider.newBuilder()
        .setEndpoint(endpoint)
        .setChannelConfigurator(channel -> channel.usePlaintext())
        .build();
  }

  @Override
  public BatchJobs jobs(String project, String region) {
    BatchAccount account = new BatchAccount(credentials);
    BatchFailures failures = new BatchFailures(project, region, account);
    return new CloudBatchJobs(
        "projects/" + project + "/locations/" + region,
        new BatchConnection(account, failures, channels),
        new BatchRequests(failures, clock, notices),
        failures);
  }
}
