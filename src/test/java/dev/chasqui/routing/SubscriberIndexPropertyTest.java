package dev.chasqui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// The index finds exactly what a look at each endpoint in turn finds.
class SubscriberIndexPropertyTest {

  private static final WorkspaceId WORKSPACE = WorkspaceId.DEFAULT;

  @Property(tries = 500)
  void theIndexFindsWhatANaiveFilterFinds(
      @ForAll("rules") Rules rules, @ForAll("items") List<Notification> items) {
    RoutingTable table = rules.table();
    for (Notification item : items) {
      Set<EndpointId> found =
          Router.route(table, Rules.DIALECTS, WORKSPACE, List.of(item)).routed().stream()
              .map(routed -> routed.endpoint().id())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(found).isEqualTo(naive(rules, table.ofWorkspace(WORKSPACE).subject(item)));
    }
  }

  private static Set<EndpointId> naive(Rules rules, Subject item) {
    return rules.endpoints().stream()
        .filter(endpoint -> Condition.firstUnmet(endpoint, item, Rules.DIALECTS) == null)
        .map(Endpoint::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Provide
  Arbitrary<Rules> rules() {
    return Combinators.combine(scopes(), interests(), Arbitraries.of(Switch.class))
        .as(Tuple::of)
        .list()
        .ofMaxSize(30)
        .map(
            all -> {
              Rules rules = new Rules().number("n1", "w1").number("n2", "w2");
              all.forEach(
                  one -> rules.switched(one.get3()).subscriber("any", one.get1(), one.get2()));
              return rules;
            });
  }

  @Provide
  Arbitrary<List<Notification>> items() {
    Arbitrary<Notification> item =
        Combinators.combine(
                Arbitraries.of("messages", "calls", "flows"),
                Arbitraries.of("w1", "w2", "0").injectNull(0.2),
                Arbitraries.of("n1", "n2", "n3").injectNull(0.2),
                Arbitraries.of("a", "b", "c"),
                Arbitraries.of("u1", "u2").injectNull(0.3),
                Arbitraries.of("U1", "U2").injectNull(0.3),
                Arbitraries.of(Kind.class))
            .as(
                (field, waba, number, word, waId, userId, kind) ->
                    item(
                        kind,
                        Items.origin(field, waba, number),
                        word,
                        new Participant(waId, userId, null)));
    return item.list().ofMinSize(1).ofMaxSize(10);
  }

  private static Notification item(
      Kind kind, Notification.Origin origin, String word, Participant user) {
    ItemPath path = new ItemPath(0, 0, 0);
    return switch (kind) {
      case MESSAGE -> new Notification.Message(path, origin, "id", word, user, null);
      case STATUS ->
          new Notification.Status(
              path, origin, "id", word, user, null, new Notification.Report(null, List.of()));
      case ECHO -> new Notification.Echo(path, origin, "id", word, user, null);
      case SUBMITTED ->
          new Notification.Submitted(
              path,
              origin,
              new Sending(
                  new EventId(new Ulid(0, 1)),
                  Via.WHATSAPP,
                  new Sending.Author("api", null),
                  new Sending.Content(word, user),
                  null,
                  new Sending.Outcome.Unknown("no answer")),
              null);
      case CALL -> new Notification.Call(path, origin, "id", word, user, null);
      case CHANGE -> new Notification.Change(path, origin, null);
    };
  }

  private static Arbitrary<Scope> scopes() {
    return Combinators.combine(
            Arbitraries.of("w1", "w2").injectNull(0.6), Arbitraries.of("n1", "n2").injectNull(0.6))
        .as(Scope::new);
  }

  private static Arbitrary<Interest> interests() {
    return Combinators.combine(
            some("messages", "calls", "flows"),
            some("a", "b", "c"),
            some("a", "b", "c"),
            some("inbound", "outbound"),
            some("u1", "u2", "U1", "U2"))
        .as(
            (fields, types, statuses, directions, senders) ->
                new Interest(Set.of(), fields, types, statuses, directions, senders));
  }

  private static Arbitrary<Set<String>> some(String... words) {
    return Arbitraries.of(words).set().ofMaxSize(2);
  }
}
