package dev.chasqui.store;

import dev.chasqui.model.Unusable;
import java.util.List;
import java.util.Optional;

/// The projection of the journal and the list of work, in roles. All roles are safe for use by many
/// threads and block their caller; none is called while an HTTP exchange is under way in the same
/// unit of work. A fault of the database is a [StoreException].
public interface Store extends AutoCloseable {

  /// The store of the projection.
  ProjectionStore projection();

  /// The tables of the ledger writer: dedup keys, ledger, contacts, learned numbers.
  LedgerStore ledger();

  /// The delivery queue.
  DeliveryStore deliveries();

  /// Failed jobs and replays.
  JobStore jobs();

  /// The resources that operators set: endpoints, numbers, secrets, tokens.
  ResourceStore resources();

  /// The resources that cannot be read; they are left out, endpoints switched off.
  List<Unusable> unusable();

  /// Senders other than Meta.
  SourceStore sources();

  /// The fallback channels of phone numbers.
  FallbackStore fallbacks();

  /// The queries of operators for events, messages and contacts.
  EventViews events();

  /// The queries of operators for deliveries and dead letters.
  DeliveryViews deliveryViews();

  /// The contacts, and what clients and operators set for them.
  ContactStore contacts();

  /// Contacts that went over to the fallback channel.
  FallbackSwitches fallbackSwitches();

  /// Claims on conversations.
  ConversationClaims claims();

  /// Alerts, and what is owed to alert webhooks.
  AlertStore alerts();

  /// The submissions of clients that are remembered.
  SubmissionStore submissions();

  /// Numbers over time.
  SeriesStore series();

  /// Deletes rows that are past their retention, in small steps.
  Housekeeping housekeeping();

  /// Whether a write would go through now; asks the database, within about a second.
  boolean isWritable();

  /// Why a write would not go through now, in words for the operator; empty if it would.
  default Optional<String> trouble() {
    return isWritable() ? Optional.empty() : Optional.of("the store cannot be written");
  }

  @Override
  void close();
}
