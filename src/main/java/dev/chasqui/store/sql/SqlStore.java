package dev.chasqui.store.sql;

import dev.chasqui.model.Unusable;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.ConversationClaims;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.Housekeeping;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SourceStore;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import dev.chasqui.store.SubmissionStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// The store on SQLite or PostgreSQL, by JDBC. `docs/design/store.md` says why the tables are as
/// they are.
public final class SqlStore implements Store {

  private final Database database;
  private final Clock clock;
  private final ProjectionStore projection;
  private final LedgerStore ledger;
  private final DeliveryStore deliveries;
  private final JobStore jobs;
  private final UnusableRows unusable;
  private final ResourceStore resources;
  private final SourceStore sources;
  private final FallbackStore fallbacks;
  private final EventViews events;
  private final DeliveryViews deliveryViews;
  private final ContactStore contacts;
  private final FallbackSwitches fallbackSwitches;
  private final ConversationClaims claims;
  private final AlertStore alerts;
  private final SubmissionStore submissions;
  private final SeriesStore series;
  private final Housekeeping housekeeping;

  private SqlStore(Database database, Clock clock, SecretSealer sealer, LedgerSlice.Keyed keyed) {
    this.database = database;
    this.clock = clock;
    this.projection = new SqlProjection(database);
    this.ledger = new SqlLedger(database, keyed);
    this.deliveries = new SqlDeliveries(database);
    this.jobs = new SqlJobs(database);
    this.unusable = new UnusableRows(sealer);
    this.resources = new SqlResources(database, unusable);
    this.sources = new SqlSources(database, unusable);
    this.fallbacks = new SqlFallbackChannels(database, unusable);
    this.events = new SqlEvents(database, keyed.hash());
    this.deliveryViews = new SqlDeliveryViews(database);
    this.contacts = new SqlContacts(database);
    this.fallbackSwitches = new SqlFallbackSwitches(database);
    this.claims = new SqlConversationClaims(database);
    this.alerts = new SqlAlerts(database, unusable);
    this.submissions = new SqlSubmissions(database);
    this.series = new SqlSeries(database);
    this.housekeeping = new SqlHousekeeping(database);
  }

  /// Opens the store, brings it to the newest format, and starts its threads.
  ///
  /// @param idHash the hash of a wamid or call id that is the first half of its [item
  ///   keys][dev.chasqui.model.ItemKey]
  /// @throws StoreException if the database cannot be reached, a newer program wrote it
  /// @throws dev.chasqui.observe.HeldElsewhereException if another process works on it
  public static SqlStore open(
      StoreSettings settings,
      Clock clock,
      SecretSealer sealer,
      ToLongFunction<String> idHash,
      Supervisor supervisor) {
    LedgerSlice.Keyed keyed = new LedgerSlice.Keyed(idHash, Generations.USUAL);
    return open(settings, clock, sealer, keyed, supervisor);
  }

  static SqlStore open(
      StoreSettings settings,
      Clock clock,
      SecretSealer sealer,
      LedgerSlice.Keyed keyed,
      Supervisor supervisor) {
    Database database =
        settings.isEmbedded()
            ? SqliteDatabase.open(settings, supervisor)
            : PostgresDatabase.open(settings, supervisor);
    return new SqlStore(database, clock, sealer, keyed);
  }

  @Override
  public ProjectionStore projection() {
    return projection;
  }

  @Override
  public LedgerStore ledger() {
    return ledger;
  }

  @Override
  public DeliveryStore deliveries() {
    return deliveries;
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public ResourceStore resources() {
    return resources;
  }

  @Override
  public List<Unusable> unusable() {
    return unusable.all();
  }

  @Override
  public SourceStore sources() {
    return sources;
  }

  @Override
  public FallbackStore fallbacks() {
    return fallbacks;
  }

  @Override
  public EventViews events() {
    return events;
  }

  @Override
  public DeliveryViews deliveryViews() {
    return deliveryViews;
  }

  @Override
  public ContactStore contacts() {
    return contacts;
  }

  @Override
  public FallbackSwitches fallbackSwitches() {
    return fallbackSwitches;
  }

  @Override
  public ConversationClaims claims() {
    return claims;
  }

  @Override
  public AlertStore alerts() {
    return alerts;
  }

  @Override
  public SubmissionStore submissions() {
    return submissions;
  }

  @Override
  public SeriesStore series() {
    return series;
  }

  @Override
  public Housekeeping housekeeping() {
    return housekeeping;
  }

  @Override
  public boolean isWritable() {
    return trouble().isEmpty();
  }

  @Override
  public Optional<String> trouble() {
    try {
      long now = clock.millis();
      // A real write: a full disk lets a transaction begin and fails only here.
      int written =
          database.write(s -> s.update("UPDATE revision SET probed_at = ? WHERE id = 1", now));
      return written == 1 ? Optional.empty() : Optional.of("the store has lost its rows");
    } catch (StoreException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
