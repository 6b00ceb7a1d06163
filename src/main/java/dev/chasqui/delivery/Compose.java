package dev.chasqui.delivery;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.DeliveryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the request of one attempt: body and signature by the dialect, the endpoint's own headers,
/// and those that every delivery carries.
final class Compose {

  private static final String OURS = "chasqui-";
  private static final int OURS_AT_MOST = 6;

  /// Headers that belong to the connection, or that an endpoint's own could only break.
  private static final Set<String> NOT_AN_ENDPOINTS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Dialects dialects;
  private final Function<WorkspaceId, List<String>> appSecrets;
  private final DeliverySettings settings;
  private final Duration longestDeadline;

  /// @param appSecrets a workspace's app secrets, newest first
  Compose(
      Dialects dialects,
      Function<WorkspaceId, List<String>> appSecrets,
      DeliverySettings settings) {
    this.dialects = dialects;
    this.appSecrets = appSecrets;
    this.settings = settings;
    this.longestDeadline = settings.claiming().lease().dividedBy(2);
  }

  /// @throws IllegalArgumentException if the dialect has no form for it
  Sender.Outbound request(
      DeliveryStore.Claimed row, Payload payload, Endpoint endpoint, Instant now) {
    Rendered rendered =
        dialects.get(endpoint.dialect()).render(outgoing(row, payload, endpoint, now));
    return new Sender.Outbound(
            "POST",
            endpoint.url(),
            headers(row, endpoint, rendered.headers(), now),
            rendered.body(),
            deadline(endpoint),
            settings.answers().keepBytes())
        .with(endpoint.access().tls());
  }

  /// The policy's deadline, but at most half of a lease, so that the outcome can be written in
  /// time.
  Duration deadline(Endpoint endpoint) {
    Duration wanted = endpoint.policy().deadline();
    return wanted.compareTo(longestDeadline) < 0 ? wanted : longestDeadline;
  }

  private Outgoing outgoing(
      DeliveryStore.Claimed row, Payload payload, Endpoint endpoint, Instant now) {
    List<String> app = appSecrets.apply(endpoint.workspace());
    // The secret may be another one since the event came in: what is sent again is signed anew.
    boolean isSignedAnew = row.replay() && !app.isEmpty();
    return new Outgoing(
        new Outgoing.Identity(
            payload.workspace(),
            row.id(),
            payload.event(),
            payload.at(),
            endpoint.access().account(),
            endpoint.interest().subscriptions(),
            endpoint.interest().extras().exactPayload()),
        new Outgoing.Source(
            payload.content(),
            paths(row.selection()),
            payload.contentType(),
            isSignedAnew ? null : payload.signature()),
        new Outgoing.Secrets(endpoint.access().secrets(), app),
        now);
  }

  static List<ItemPath> paths(@Nullable String selection) {
    return selection == null
        ? List.of()
        : Arrays.stream(selection.split(",", -1)).map(Compose::path).toList();
  }

  private static ItemPath path(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not the path of an item: " + text);
    }
    return new ItemPath(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  /// The endpoint's headers stand first, so that the dialect's and ours overrule them.
  private Map<String, String> headers(
      DeliveryStore.Claimed row, Endpoint endpoint, List<Rendered.Header> ofDialect, Instant now) {
    Map<String, String> theirs = endpoint.access().headers();
    // Names of the dialect and ours never meet, so only an endpoint's own need the comparing map.
    Map<String, String> headers =
        theirs.isEmpty()
            ? LinkedHashMap.newLinkedHashMap(ofDialect.size() + OURS_AT_MOST)
            : new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    theirs.forEach((name, value) -> putIfTheirs(headers, name, value));
    ofDialect.forEach(header -> replace(headers, header.name(), header.value()));
    replace(headers, "User-Agent", settings.userAgent());
    replace(headers, "Chasqui-Delivery-Id", row.id().toString());
    replace(headers, "Chasqui-Event-Id", row.source().event().toString());
    replace(headers, "Chasqui-Attempt", Integer.toString(row.attempts() + 1));
    replace(headers, "Chasqui-Event-Age", age(row, now));
    if (row.replay()) {
      replace(headers, "Chasqui-Replay", "1");
    }
    return headers;
  }

  /// In whole seconds, never negative: clocks may differ.
  private static String age(DeliveryStore.Claimed row, Instant now) {
    Duration age = Duration.between(row.source().event().ulid().time(), now);
    return Long.toString(Math.max(0, age.toSeconds()));
  }

  private static void putIfTheirs(Map<String, String> headers, String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!lower.startsWith(OURS) && !NOT_AN_ENDPOINTS.contains(lower)) {
      headers.put(name, value);
    }
  }

  /// A sorted map keeps the old spelling of a key it has.
  private static void replace(Map<String, String> headers, String name, String value) {
    headers.remove(name);
    headers.put(name, value);
  }
}
