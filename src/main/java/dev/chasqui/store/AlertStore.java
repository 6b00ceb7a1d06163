package dev.chasqui.store;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Alerts, what is owed to alert webhooks, and what the watch over silent numbers remembers.
public interface AlertStore {

  /// Adds an alert, or changes the words of one that is open, or ends it, together with the notice
  /// that is owed of it: after a crash both are there or neither. Ending one that has ended changes
  /// nothing.
  ///
  /// @param notice null if nobody is to be told
  void put(Alert alert, @Nullable Notice notice);

  /// The alerts that are not resolved, oldest first.
  List<Alert> open();

  /// The alerts that match, newest first.
  Page<Alert> list(WorkspaceId workspace, Filter filter, PageRequest page);

  Optional<Alert> find(AlertId id);

  /// The notices of an alert, oldest first.
  List<Notice> notices(AlertId alert);

  /// The notices that are due, oldest first.
  List<Notice> dueNotices(Instant now, int limit);

  /// When the next notice is due, empty if none waits.
  Optional<Instant> nextNotice();

  /// Writes the new state of a notice after an attempt.
  void settle(Notice notice);

  /// The alert webhook of a workspace.
  Optional<Webhook> webhook(WorkspaceId workspace);

  /// Adds the workspace's alert webhook or replaces it.
  void putWebhook(Webhook webhook);

  /// Deletes the alert webhook. Notices that wait for it are given up.
  ///
  /// @return false if there was none
  boolean deleteWebhook(WorkspaceId workspace);

  /// Adds to the hourly counts of phone numbers.
  void addHours(Collection<NumberHour> counts);

  /// Some of the hourly counts from an hour on, number by number and each number's in their order.
  ///
  /// @param after the last one of the former portion, null for the first
  List<NumberHour> hours(long fromHour, @Nullable NumberHour after, int limit);

  /// The filter of a list; null stands for any.
  ///
  /// @param isOpen true for open ones, false for resolved ones
  /// @param since raised at or after
  /// @param until raised before
  record Filter(
      Alert.@Nullable Kind kind,
      @Nullable Boolean isOpen,
      @Nullable String subject,
      @Nullable Instant since,
      @Nullable Instant until) {
    public static final Filter ANY = new Filter(null, null, null, null, null);
  }

  /// A message that an alert webhook is owed.
  ///
  /// @param id also the message's `webhook-id`
  /// @param body as it is sent
  record Notice(Ulid id, AlertId alert, WorkspaceId workspace, String body, Sending sending) {}

  /// How far the sending of a notice is.
  ///
  /// @param attempts made so far
  /// @param nextAt null unless it waits
  /// @param error of the last attempt, one line; null if it went well
  record Sending(
      SendingState state, int attempts, @Nullable Instant nextAt, @Nullable String error) {
    /// Waits for its first attempt.
    public static Sending at(Instant at) {
      return new Sending(SendingState.WAITING, 0, at, null);
    }
  }

  enum SendingState {
    WAITING("waiting"),
    SENT("sent"),
    /// The schedule is exhausted, or there is no webhook any more.
    GIVEN_UP("given_up");

    private final String wire;

    SendingState(String wire) {
      this.wire = wire;
    }

    /// The word in the API.
    public String wire() {
      return wire;
    }
  }

  /// Where a workspace wants its alerts sent. Its secret is kept with the workspace's secrets.
  ///
  /// @param kinds which; empty stands for all
  record Webhook(WorkspaceId workspace, URI url, Set<Alert.Kind> kinds) {
    public Webhook {
      kinds = Set.copyOf(kinds);
    }

    /// Whether it wants alerts of a kind.
    public boolean wants(Alert.Kind kind) {
      return kinds.isEmpty() || kinds.contains(kind);
    }
  }

  /// How many webhooks named a phone number in an hour.
  ///
  /// @param hour hours since the epoch
  record NumberHour(WorkspaceId workspace, String phoneNumberId, long hour, long webhooks) {}
}
