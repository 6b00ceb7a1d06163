package dev.chasqui.routing;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.exotel.ExotelDialect;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Role;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Rules to test with: endpoints are told apart by their names, later ones are newer.
public final class Rules {

  /// The dialects of the endpoints here.
  public static final Dialects DIALECTS =
      new Dialects(
          List.of(
              new MetaDialect(), new TurnDialect(), new ExotelDialect(), new StandardDialect()));

  private static final Policy POLICY =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(List.of(), 0, false),
          8,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new Policy.StatusSet("200"), Policy.StatusSet.NONE, Set.of()));

  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<KnownWaba> wabas = new ArrayList<>();
  private final List<KnownNumber> numbers = new ArrayList<>();
  private WorkspaceId workspace = WorkspaceId.DEFAULT;
  private DialectName dialect = DialectName.META;
  private Switch switched = Switch.ON;
  private Policy policy = POLICY;

  /// The endpoints that follow belong to this workspace.
  public Rules in(String name) {
    workspace = new WorkspaceId(name);
    return this;
  }

  /// The endpoints that follow speak this dialect.
  public Rules speaking(DialectName name) {
    dialect = name;
    return this;
  }

  /// The endpoints that follow are switched so.
  public Rules switched(Switch how) {
    switched = how;
    return this;
  }

  /// The endpoints that follow do without `delivered` of what was read.
  public Rules droppingDeliveredAfterRead() {
    policy =
        new Policy(
            POLICY.deadline(),
            POLICY.retry(),
            POLICY.maxInFlight(),
            POLICY.ratePerSecond(),
            POLICY.ordering(),
            POLICY.verdicts(),
            true);
    return this;
  }

  public Rules application(String name) {
    return add(name, Role.APPLICATION_CALLBACK, Scope.WORKSPACE, Interest.ALL);
  }

  public Rules wabaCallback(String name, String waba) {
    return add(name, Role.WABA_CALLBACK, new Scope(waba, null), Interest.ALL);
  }

  public Rules numberCallback(String name, String number) {
    return add(name, Role.PHONE_NUMBER_CALLBACK, new Scope(null, number), Interest.ALL);
  }

  public Rules subscriber(String name, Scope scope, Interest interest) {
    return add(name, Role.SUBSCRIBER, scope, interest);
  }

  public Rules waba(String id, boolean unsubscribed) {
    wabas.add(new KnownWaba(workspace, id, unsubscribed));
    return this;
  }

  /// An account that is subscribed to with some fields alone.
  public Rules waba(String id, Set<String> fields) {
    wabas.add(new KnownWaba(workspace, id, false, fields));
    return this;
  }

  public Rules number(String id, String waba) {
    numbers.add(new KnownNumber(workspace, id, waba));
    return this;
  }

  private Rules add(String name, Role role, Scope scope, Interest interest) {
    EndpointId id = new EndpointId(new Ulid(1, endpoints.size()));
    endpoints.add(
        new Endpoint(
            new Endpoint.Identity(id, workspace, name, dialect, switched),
            role,
            URI.create("https://receiver.example/" + name),
            scope,
            interest,
            Endpoint.Access.NONE,
            policy));
    return this;
  }

  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints);
  }

  public RoutingTable table() {
    return RoutingTable.of(endpoints, wabas, numbers);
  }
}
