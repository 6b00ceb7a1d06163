package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who did not get an event and by which rule, where no row says so: an endpoint whose filters let
/// nothing of an event through is owed nothing, so there is nothing to store. It is worked out by
/// the rules of now, which may be others than those of then.
public final class KeptOut {

  private static final Explanation NOTHING = new Explanation(List.of(), List.of());
  private static final String REPEAT =
      "these items came before in another webhook: they are left out, and an envelope is cut";

  private final EventViews events;
  private final DeliveryViews deliveries;
  private final RawEvents raw;
  private final RouteExplainer explainer;

  public KeptOut(
      EventViews events, DeliveryViews deliveries, RawEvents raw, RouteExplainer explainer) {
    this.events = events;
    this.deliveries = deliveries;
    this.raw = raw;
    this.explainer = explainer;
  }

  /// The endpoints that have no delivery of the event, or one without some of its items, with why;
  /// and what is to be said of the event as a whole. None if the event was not processed, since
  /// then no endpoint's rule is the reason, or if its bytes are deleted.
  public Explanation of(EventView event) {
    Bytes envelope = envelope(event);
    if (event.row().state() != EventRow.State.PROCESSED || envelope == null) {
      return NOTHING;
    }
    Set<EndpointId> owed = deliveries.endpointsOf(event.row().id());
    Set<String> repeats = repeats(event.row());
    Explanation all = explainer.explain(event.row().origin().workspace(), envelope);
    List<Explanation.Line> kept = new ArrayList<>();
    for (Explanation.Line line : all.lines()) {
      if (!line.isReached() && !owed.contains(line.endpoint().id())) {
        kept.add(line);
      } else if (line.isReached() && !repeats.isEmpty()) {
        withoutRepeats(line, repeats).ifPresent(kept::add);
      }
    }
    return new Explanation(kept, all.notes());
  }

  /// As many as a page has; a list of paths that is longer is read by nobody.
  private Set<String> repeats(EventRow row) {
    return events.repeated(row.id(), PageRequest.MAX).stream()
        .map(EventRow.Item::path)
        .collect(Collectors.toSet());
  }

  /// What an endpoint would have got, had it not come before in another webhook.
  private static Optional<Explanation.Line> withoutRepeats(
      Explanation.Line line, Set<String> repeats) {
    List<ItemPath> left =
        line.items().stream().filter(path -> repeats.contains(path.toString())).toList();
    return left.isEmpty()
        ? Optional.empty()
        : Optional.of(new Explanation.Line(line.endpoint(), null, left, List.of(REPEAT)));
  }

  private @Nullable Bytes envelope(EventView event) {
    return switch (raw.read(event.row())) {
      case RawEvents.Raw.Kept kept -> kept.reading().envelope();
      case RawEvents.Raw.Deleted _ -> null;
    };
  }
}
