package dev.chasqui.operations.deliveries;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.DeliveryTeller;
import dev.chasqui.operations.DeliveryView;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.KeptOut;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.operations.shape.Bounds;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ResourceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Deliveries and dead letters: listed and looked into.
public final class DeliveryOperations {

  /// How many pages are looked through for one that holds anything of a lane.
  private static final int MAX_PAGES = 20;

  private final Stored stored;
  private final EndpointHealths healths;
  private final ProjectionGate gate;
  private final KeptOut keptOut;
  private final ReadMemory memory;
  private final UpToDate upToDate;

  public DeliveryOperations(
      Stored stored,
      EndpointHealths healths,
      ProjectionGate gate,
      KeptOut keptOut,
      ReadMemory memory) {
    this.stored = stored;
    this.healths = healths;
    this.gate = gate;
    this.keptOut = keptOut;
    this.memory = memory;
    this.upToDate = new UpToDate(gate);
  }

  /// Where deliveries, their events and their endpoints are read.
  public record Stored(DeliveryViews deliveries, EventViews events, ResourceStore resources) {}

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("deliveries.list", Matching.class, "Lists deliveries, newest first")
            .pages(DeliveryView.class, this::list),
        Operation.reads("deliveries.get", One.class, "Tells a delivery with its attempts")
            .one(DeliveryView.class, this::get),
        Operation.reads("dead-letters.list", DeadLetters.class, "Lists dead letters, newest first")
            .pages(DeliveryView.class, this::dead),
        Operation.reads(
                "dead-letters.groups",
                Groups.class,
                "Counts dead letters by endpoint and cause, largest first")
            .pages(DeadGroup.class, this::groups));
  }

  /// A page of the deliveries that match.
  public record Matching(@Flat DeliveryFilter filter, @Flat Paging page) {}

  /// One delivery.
  public record One(DeliveryId id) {}

  /// A page of the dead letters that match.
  public record DeadLetters(
      @Nullable EventId eventId,
      @Nullable EndpointId endpointId,
      @Length(DeliveryFilter.MAX_REASON) @Doc("Why it is dead.") @Nullable String reason,
      @Doc("Of events received at this time or later.") @Nullable Instant since,
      @Doc("Of events received before this time.") @Nullable Instant until,
      @Flat Paging page) {

    private DeliveryFilter filter() {
      return new DeliveryFilter(
          eventId, endpointId, DeliveryState.DEAD, reason, null, since, until);
    }
  }

  /// The largest groups.
  public record Groups(
      @Bounds(min = 1, max = PageRequest.MAX) @Doc("How many groups at most; 50 without it.")
          @Nullable Integer limit) {}

  /// Dead letters of one endpoint and cause.
  public record DeadGroup(
      EndpointId endpointId,
      @Doc("Why they are dead.") String reason,
      long count,
      @Doc("The delivery that died last.") DeliveryId newest) {

    static DeadGroup of(DeliveryViews.DeadGroup group) {
      return new DeadGroup(group.endpoint(), group.reason(), group.count(), group.newest());
    }
  }

  private Listed<DeliveryView> list(Invocation call, Matching wanted) throws InterruptedException {
    DeliveryFilter filter = wanted.filter();
    EventId event = filter.eventId();
    upToDate.projected(call);
    if (event == null) {
      return page(call, filter, wanted.page());
    }
    if (stored.events().find(event).isEmpty()) {
      var _ = gate.awaitProjected(UpToDate.MAX_WAIT);
    }
    boolean isOfKeptOut = filter.state() == DeliveryState.FILTERED && filter.reason() == null;
    Optional<EventView> own = isOfKeptOut ? own(call, event) : Optional.empty();
    return own.isPresent() ? filtered(call, wanted, own.get()) : page(call, filter, wanted.page());
  }

  /// The rows, and after the last of them those for which there is none, as many as the page holds.
  private Listed<DeliveryView> filtered(Invocation call, Matching wanted, EventView event)
      throws InterruptedException {
    memory.takeForEvent(call, event.row());
    DeliveryTeller teller = teller(call);
    DeliveryFilter filter = wanted.filter();
    return Listed.read(
        wanted.page(),
        page -> {
          Page<DeliveryViews.DeliveryView> read = read(call, filter, page, teller);
          List<DeliveryView> all = new ArrayList<>(read.data().stream().map(teller::tell).toList());
          if (read.nextCursor() == null) {
            keptOut.of(event).lines().stream()
                .map(line -> teller.keptOut(event.row().id(), line))
                .filter(it -> matches(it.target(), filter))
                .limit(page.limit() - all.size())
                .forEach(all::add);
          }
          return new Page<>(all, read.nextCursor());
        },
        Function.identity());
  }

  private static boolean matches(DeliveryView.Target target, DeliveryFilter filter) {
    boolean isOfEndpoint =
        filter.endpointId() == null || filter.endpointId().equals(target.endpointId());
    return isOfEndpoint && (filter.lane() == null || filter.lane() == target.lane());
  }

  private Optional<EventView> own(Invocation call, EventId event) {
    return stored
        .events()
        .find(event)
        .filter(it -> it.row().origin().workspace().equals(call.workspace()));
  }

  private Listed<DeliveryView> dead(Invocation call, DeadLetters wanted)
      throws InterruptedException {
    upToDate.projected(call);
    return page(call, wanted.filter(), wanted.page());
  }

  private Listed<DeliveryView> page(Invocation call, DeliveryFilter filter, Paging page)
      throws InterruptedException {
    memory.take(call, ReadMemory.PAGE_BYTES);
    DeliveryTeller teller = teller(call);
    return Listed.read(page, wanted -> read(call, filter, wanted, teller), teller::tell);
  }

  /// Of a lane's deliveries a page may hold fewer than the limit and still not be the last.
  private Page<DeliveryViews.DeliveryView> read(
      Invocation call, DeliveryFilter filter, PageRequest page, DeliveryTeller teller) {
    Lane lane = filter.lane();
    Page<DeliveryViews.DeliveryView> read =
        stored.deliveries().list(call.workspace(), filter.stored(), page);
    if (lane == null) {
      return read;
    }
    for (int pages = 1; ; pages++) {
      List<DeliveryViews.DeliveryView> inLane =
          read.data().stream().filter(it -> teller.lane(it.endpoint()) == lane).toList();
      String next = read.nextCursor();
      if (!inLane.isEmpty() || next == null || pages == MAX_PAGES) {
        return new Page<>(inLane, next);
      }
      PageRequest further = new PageRequest(page.limit(), next);
      read = stored.deliveries().list(call.workspace(), filter.stored(), further);
    }
  }

  private DeliveryView get(Invocation call, One one) throws InterruptedException {
    Optional<DeliveryViews.DeliveryView> found = stored.deliveries().find(one.id());
    if (found.isEmpty() && gate.awaitCommitted(UpToDate.MOMENT)) {
      found = stored.deliveries().find(one.id());
    }
    DeliveryViews.DeliveryView row = found.orElseThrow(Refusal::notFound);
    if (own(call, row.source().event()).isEmpty()) {
      throw Refusal.notFound();
    }
    return teller(call).tell(row);
  }

  private Listed<DeadGroup> groups(Invocation call, Groups wanted) {
    int limit = new Paging(wanted.limit(), null).limitOrDefault();
    List<DeliveryViews.DeadGroup> groups = stored.deliveries().deadGroups(call.workspace(), limit);
    return Listed.of(new Page<>(groups, null), DeadGroup::of);
  }

  private DeliveryTeller teller(Invocation call) {
    return new DeliveryTeller(stored.resources(), healths, call.mayReadContent());
  }
}
