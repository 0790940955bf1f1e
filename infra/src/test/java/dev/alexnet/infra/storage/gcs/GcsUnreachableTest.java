package dev.alexnet.infra.storage.gcs;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.ServiceAccountSigner;
import com.google.auth.oauth2.GoogleCredentials;
import dev.alexnet.infra.failure.Failure.Kind;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator is told if the service cannot be reached or does not know who asks. */
class GcsUnreachableTest {
  private static final Location OBJECT = new Location("gs://bucket/object");
  private static final String LOG_IN =
      "run 'gcloud auth application-default login', set GOOGLE_APPLICATION_CREDENTIALS, or run as"
          + " a service account";

  private final VirtualClock clock = new VirtualClock();

  private ObjectStore store(String address, GcsAccount account) {
    return TestStores.at(address, account, TestStores.RETRIES, clock);
  }

  private static String refusedAddress() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + free.getLocalPort();
    }
  }

  @Test
  void standard_limits_endWithinTheStatedTimes() {
    GcsRetries standard = GcsRetries.standard();

    assertThat(standard.unreachable().plus(standard.connectTimeout()))
        .isLessThan(Duration.ofSeconds(10));
    assertThat(standard.unavailable()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void unknownHost_firstRequest_endsWithinTenSecondsAndNamesIt() {
    ObjectStore store = store("http://storage.invalid", GcsAccount.nobody());

    assertThatFailure(() -> store.readAll(OBJECT))
        .isOfKind(Kind.REMOTE)
        .hasMessage(
            "Cannot read gs://bucket/object: the host storage.invalid is unknown, tried 5 times in"
                + " 4 s (bucket bucket at storage.invalid, without credentials); check the network,"
                + " its DNS, proxy and firewall, and STORAGE_EMULATOR_HOST");
    assertThat(clock.time()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void refusedConnection_firstRequest_endsWithinTenSecondsAndNamesIt() throws IOException {
    String address = refusedAddress();
    ObjectStore store = store(address, GcsAccount.nobody());

    assertThatFailure(() -> store.write(OBJECT, new byte[1]))
        .isOfKind(Kind.REMOTE)
        .hasMessageStartingWith(
            "Cannot read gs://bucket/object: the host "
                + address.substring("http://".length())
                + " accepts no connection (Connection refused");
    assertThat(clock.time()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void refusedConnection_afterAResponse_isTriedForTwoMinutes() {
    FakeGcs service = new FakeGcs();
    ObjectStore store = store(service.address(), GcsAccount.nobody());
    service.put("object", new byte[1]);
    store.readAll(OBJECT);
    service.close();

    assertThatFailure(() -> store.readAll(OBJECT))
        .isOfKind(Kind.REMOTE)
        .hasMessageContaining("tried 13 times in 112 s");
  }

  @Test
  void silentService_everyRequest_isRemoteAfterItsTime() {
    try (FakeGcs service = new FakeGcs()) {
      service.put("object", new byte[1]);
      service.script(FaultScript.of(Fault.STALL).from(1).lasting(Duration.ofMillis(400)));
      ObjectStore store =
          TestStores.at(service.address(), TestStores.retries(Duration.ofMillis(50)), clock);

      assertThatFailure(() -> store.readAll(OBJECT))
          .isOfKind(Kind.REMOTE)
          .hasMessageContaining("the connection fails: Read timed out, tried 13 times in 112 s");
    }
  }

  @Test
  void credentials_unusable_endAtOnceAndAreNamed() {
    ObjectStore store =
        store(
            "http://127.0.0.1:1",
            new GcsAccount(
                () -> {
                  throw new IOException(
                      "Error reading credential file from environment variable"
                          + " GOOGLE_APPLICATION_CREDENTIALS, value 'x': File does not exist.");
                }));

    assertThatFailure(() -> store.readAll(OBJECT))
        .isOfKind(Kind.PERMISSION)
        .hasMessage(
            "Cannot read gs://bucket/object: no valid credentials (Error reading credential file"
                + " from environment variable GOOGLE_APPLICATION_CREDENTIALS, value 'x': File does"
                + " not exist.) (bucket bucket at 127.0.0.1:1, by credentials that could not be"
                + " read); "
                + LOG_IN);
    assertThat(clock.time()).isZero();
  }

  @Test
  void credentials_noneFound_readPublicBucketsOnly() {
    try (FakeGcs service = new FakeGcs()) {
      service.put("object", new byte[] {5});
      ObjectStore store =
          store(
              service.address(),
              new GcsAccount(
                  () -> {
                    throw new IOException("Your default credentials were not found. To set up");
                  }));
      assertThat(store.readAll(OBJECT)).isEqualTo(new byte[] {5});
      service.refuseNext(401);

      assertThatFailure(() -> store.readAll(OBJECT))
          .isOfKind(Kind.PERMISSION)
          .hasMessageStartingWith(
              "Cannot read gs://bucket/object: no credentials were found (401 refused with 401)")
          .hasMessageEndingWith(LOG_IN);
    }
  }

  @Test
  void forbidden_serviceAccount_isNamed() {
    try (FakeGcs service = new FakeGcs()) {
      service.refuseNext(403);
      ObjectStore store = store(service.address(), new GcsAccount(() -> new KnownAccount()));

      assertThatFailure(() -> store.readAll(OBJECT))
          .isOfKind(Kind.PERMISSION)
          .hasMessage(
              "Cannot read gs://bucket/object: 403 refused with 403 (bucket bucket at "
                  + service.address().substring("http://".length())
                  + ", as the service account runner@project.iam.gserviceaccount.com); ask for a"
                  + " role on the bucket that allows it. A role that was granted less than five"
                  + " minutes ago may not have taken effect yet");
    }
  }

  /** A service account that needs no token. */
  @SuppressWarnings("serial")
  private static final class KnownAccount extends GoogleCredentials
      implements ServiceAccountSigner {
    @Override
    public Map<String, List<String>> getRequestMetadata(URI uri) {
      return Map.of();
    }

    @Override
    public String getAccount() {
      return "runner@project.iam.gserviceaccount.com";
    }

    @Override
    public byte[] sign(byte[] bytes) {
      throw new UnsupportedOperationException();
    }
  }
}
