package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Policy;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.ResourceStore.Secret;
import dev.chasqui.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// A store that was written in the first format, kept as a file since then, still opens.
class FirstFormatIT {

  @Test
  void itsRowsAreReadAndItsWorkGoesOn() throws IOException {
    try (SqliteFixture fixture = new SqliteFixture()) {
      unpackInto(fixture);
      try (Store store = fixture.open(Clock.fixed(Samples.START, ZoneOffset.UTC))) {
        assertThat(store.projection().cursor(0)).isEqualTo(500);
        assertThat(store.events().find(Samples.eventId(1)).orElseThrow().row())
            .isEqualTo(Samples.event(1));
        assertThat(store.resources().endpoints()).containsExactly(asItWasThen(Samples.endpoint(1)));
        assertThat(store.resources().secrets()).extracting(Secret::value).containsExactly("v1");
        assertThat(store.events().message(Samples.WORKSPACE, "wamid.a").orElseThrow().state())
            .isEqualTo("read");
        assertThat(store.deliveries().claim(Samples.ENDPOINT, Samples.lease(5), Samples.at(90), 9))
            .extracting(Claimed::id)
            .containsExactly(Samples.deliveryId(2, Samples.ENDPOINT));
        Map<String, Map<String, Long>> counts = store.events().counts(Samples.WORKSPACE);
        assertThat(fixture.numbers("SELECT count(*) FROM events WHERE state = 0"))
            .containsExactly(counts.getOrDefault("events", Map.of()).get("processed"));
        assertThat(fixture.numbers("SELECT count(*) FROM deliveries WHERE state = 3"))
            .containsExactly(counts.getOrDefault("deliveries", Map.of()).get("delivered"));
      }
    }
  }

  @Test
  void aUserIdThatWasKeptAsANumberIsAUserId() throws IOException, SQLException {
    try (SqliteFixture fixture = new SqliteFixture()) {
      unpackInto(fixture);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
          Statement insert = connection.createStatement()) {
        insert.executeUpdate(
            "INSERT INTO contacts (workspace, contact_key, wa_id, fallback_active)"
                + " VALUES ('default', 'US.1349', 'US.1349', 1)");
      }
      try (Store store = fixture.open(Clock.fixed(Samples.START, ZoneOffset.UTC))) {
        ContactView contact = store.contacts().find(Samples.WORKSPACE, "US.1349").orElseThrow();
        assertThat(contact.waId()).isNull();
        assertThat(contact.userId()).isEqualTo("US.1349");
        assertThat(contact.fallbackActive()).isFalse();
      }
    }
  }

  /// Without what the first format did not know: it reads as not wanted.
  private static Endpoint asItWasThen(Endpoint now) {
    Policy policy = now.policy();
    Policy.Verdicts verdicts = policy.verdicts();
    return new Endpoint(
        now.identity(),
        now.role(),
        now.url(),
        now.scope(),
        new Endpoint.Interest(
            now.interest().subscriptions(),
            now.interest().fields(),
            now.interest().messageTypes(),
            now.interest().statuses(),
            now.interest().directions(),
            now.interest().senders()),
        new Endpoint.Access(now.access().secrets(), now.access().headers()),
        new Policy(
            policy.deadline(),
            policy.retry(),
            policy.maxInFlight(),
            policy.ratePerSecond(),
            policy.ordering(),
            new Policy.Verdicts(verdicts.success(), verdicts.cancelOn(), verdicts.disableOn())));
  }

  private static void unpackInto(SqliteFixture fixture) throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(
                FirstFormatIT.class.getResourceAsStream("/store/format-1.db.gz"));
        InputStream file = new GZIPInputStream(packed)) {
      Files.copy(file, fixture.file());
    }
  }
}
