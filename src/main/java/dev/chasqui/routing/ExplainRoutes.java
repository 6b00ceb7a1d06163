package dev.chasqui.routing;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells for every endpoint of a workspace why it gets an event or why not. It asks the same
/// [CallbackRule] and [Condition] as [Router], endpoint by endpoint, without the index.
public final class ExplainRoutes {

  private final RoutingTable table;
  private final Dialects dialects;
  private final WorkspaceId workspace;
  private final WorkspaceRoutes routes;

  private ExplainRoutes(RoutingTable table, Dialects dialects, WorkspaceId workspace) {
    this.table = table;
    this.dialects = dialects;
    this.workspace = workspace;
    this.routes = table.ofWorkspace(workspace);
  }

  /// Explains where these items, that came in for a workspace, go.
  public static Explanation explain(
      RoutingTable table, Dialects dialects, WorkspaceId workspace, List<Notification> items) {
    return new ExplainRoutes(table, dialects, workspace).explain(items);
  }

  private Explanation explain(List<Notification> items) {
    List<Notification> own = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Notification item : items) {
      String number = item.origin().phoneNumberId();
      if (number != null && table.isForeign(workspace, number)) {
        notes.add("phone number " + number + " belongs to another workspace: unassigned");
      } else {
        own.add(item);
        noteUnsubscribed(item, notes);
      }
    }
    List<Explanation.Line> lines =
        routes.endpoints().stream()
            .map(endpoint -> line(endpoint, own))
            .sorted(Comparator.comparing(line -> !line.isReached()))
            .toList();
    return new Explanation(lines, List.copyOf(notes));
  }

  private void noteUnsubscribed(Notification item, Set<String> notes) {
    Subject.Place place = routes.subject(item).place();
    if (routes.callbacks().isUnsubscribed(place)) {
      notes.add("the application is not subscribed to WABA " + place.wabaId() + ": no callback");
    }
  }

  private Explanation.Line line(Endpoint endpoint, List<Notification> items) {
    List<ItemPath> gets = new ArrayList<>();
    Set<String> objections = new LinkedHashSet<>();
    if (items.isEmpty()) {
      objections.add("there is nothing in the event for this workspace; see notes");
    }
    for (Notification item : items) {
      String objection = objection(endpoint, routes.subject(item));
      if (objection == null) {
        gets.add(item.path());
      } else if (objections.size() < Explanation.Line.MAX_OBJECTIONS) {
        objections.add(objection);
      }
    }
    Rule rule = gets.isEmpty() ? null : CallbackRule.ruleOf(endpoint);
    return new Explanation.Line(endpoint, rule, gets, List.copyOf(objections));
  }

  private @Nullable String objection(Endpoint endpoint, Subject item) {
    Condition unmet = Condition.firstUnmet(endpoint, item, dialects);
    if (unmet == Condition.SWITCHED_ON || !endpoint.role().isCallback()) {
      return unmet == null ? null : unmet.objection(endpoint, item, dialects);
    }
    String notChosen = callbackRule(endpoint, item);
    return notChosen != null || unmet == null
        ? notChosen
        : unmet.objection(endpoint, item, dialects);
  }

  /// Why Meta's rule does not choose this callback, null if it does.
  private @Nullable String callbackRule(Endpoint endpoint, Subject item) {
    Subject.Place place = item.place();
    Endpoint chosen = routes.callbacks().choose(place);
    if (chosen != null && chosen.id().equals(endpoint.id())) {
      return null;
    }
    if (routes.callbacks().isUnsubscribed(place)) {
      return "the application is not subscribed to the WABA, so its changes go to no callback";
    }
    boolean isOverride = endpoint.role() != Endpoint.Role.APPLICATION_CALLBACK;
    if (isOverride && !isInScope(endpoint, place)) {
      return "it is the callback of another phone number or WABA";
    }
    if (isOverride && !OverridableFields.contains(place.field())) {
      return "the field " + place.field() + " follows no override: the application's callback";
    }
    if (!isOverride && chosen == null && routes.callbacks().isLeftOut(place)) {
      return "the WABA's subscription does not include the field " + place.field();
    }
    return chosen == null || chosen.role() == endpoint.role()
        ? "another endpoint has this callback's place"
        : "a nearer callback has it: " + CallbackRule.ruleOf(chosen).words();
  }

  private static boolean isInScope(Endpoint endpoint, Subject.Place place) {
    String id =
        endpoint.role() == Endpoint.Role.WABA_CALLBACK
            ? endpoint.scope().wabaId()
            : endpoint.scope().phoneNumberId();
    String told =
        endpoint.role() == Endpoint.Role.WABA_CALLBACK ? place.wabaId() : place.phoneNumberId();
    return id != null && id.equals(told);
  }
}
