package dev.chasqui.projection;

import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The events of a [MemoryStore].
record MemoryEvents(MemoryStore store) implements EventViews {

  @Override
  public Optional<EventView> find(EventId id) {
    synchronized (store) {
      return Optional.ofNullable(store.events.get(id))
          .map(row -> new EventView(row, store.sightings.getOrDefault(id, 0)));
    }
  }

  @Override
  public void accept(
      EventRow row, List<ProjectionStore.Owed> owed, List<ProjectionStore.Filtered> filtered) {
    synchronized (store) {
      store.events.put(row.id(), row);
      owed.forEach(one -> store.owed.put(one.id(), one));
      store.filtered.addAll(filtered);
    }
  }

  @Override
  public Page<EventView> list(WorkspaceId workspace, Filter filter, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Page<EventRow.Item> items(EventId id, PageRequest page) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean hasItem(EventId id, Predicate<EventRow.Item> wanted) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<EventRow.Item> repeated(EventId id, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<EventView> rejectedSince(WorkspaceId workspace, Instant since, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<MessageView> message(WorkspaceId workspace, String wamid) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ContactView> contact(WorkspaceId workspace, String id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Map<String, Long>> counts(WorkspaceId workspace) {
    throw new UnsupportedOperationException();
  }
}
