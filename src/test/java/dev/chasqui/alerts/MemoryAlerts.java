package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.AlertId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Alerts in memory, with the hours of one number; the default workspace has a webhook for all of
/// them.
final class MemoryAlerts implements AlertStore {

  final Map<AlertId, Alert> alerts = new LinkedHashMap<>();
  int puts;
  final List<Notice> notices = new ArrayList<>();
  final Map<Long, NumberHour> hours = new TreeMap<>();

  @Override
  public void put(Alert alert, @Nullable Notice notice) {
    puts++;
    alerts.put(alert.id(), alert);
    if (notice != null) {
      notices.add(notice);
    }
  }

  @Override
  public List<Alert> open() {
    return alerts.values().stream().filter(Alert::isOpen).toList();
  }

  @Override
  public Page<Alert> list(WorkspaceId workspace, Filter filter, PageRequest page) {
    return new Page<>(List.copyOf(alerts.values()), null);
  }

  @Override
  public Optional<Alert> find(AlertId id) {
    return Optional.ofNullable(alerts.get(id));
  }

  @Override
  public List<Notice> notices(AlertId alert) {
    return notices.stream().filter(it -> it.alert().equals(alert)).toList();
  }

  @Override
  public List<Notice> dueNotices(Instant now, int limit) {
    return notices.stream().limit(limit).toList();
  }

  @Override
  public Optional<Instant> nextNotice() {
    return Optional.empty();
  }

  @Override
  public void settle(Notice notice) {
    throw new UnsupportedOperationException("nothing is sent from here");
  }

  @Override
  public Optional<Webhook> webhook(WorkspaceId workspace) {
    return Optional.of(new Webhook(workspace, URI.create("https://ops.example/"), Set.of()));
  }

  @Override
  public void putWebhook(Webhook webhook) {
    throw new UnsupportedOperationException("the webhook is set already");
  }

  @Override
  public boolean deleteWebhook(WorkspaceId workspace) {
    return false;
  }

  @Override
  public void addHours(Collection<NumberHour> counts) {
    for (NumberHour one : counts) {
      hours.merge(
          one.hour(),
          one,
          (a, b) ->
              new NumberHour(
                  a.workspace(), a.phoneNumberId(), a.hour(), a.webhooks() + b.webhooks()));
    }
  }

  @Override
  public List<NumberHour> hours(long fromHour, @Nullable NumberHour after, int limit) {
    return hours.values().stream()
        .filter(it -> it.hour() >= fromHour && (after == null || it.hour() > after.hour()))
        .limit(limit)
        .toList();
  }
}
