package dev.chasqui.store.sql;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Tls;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The parts of an endpoint that are stored as JSON: interest, policy, and (sealed) access.
final class EndpointColumns {

  private EndpointColumns() {}

  static String write(Endpoint.Interest interest) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("subscriptions", new TreeSet<>(interest.subscriptions()));
    object.put("fields", new TreeSet<>(interest.fields()));
    object.put("messageTypes", new TreeSet<>(interest.messageTypes()));
    object.put("statuses", new TreeSet<>(interest.statuses()));
    object.put("directions", new TreeSet<>(interest.directions()));
    object.put("senders", new TreeSet<>(interest.senders()));
    object.put("chats", new TreeSet<>(interest.extras().chats()));
    object.put("exactPayload", interest.extras().exactPayload());
    return JsonColumns.write(object);
  }

  static Endpoint.Interest interest(String text) {
    Map<String, @Nullable Object> object = JsonColumns.object(text);
    return new Endpoint.Interest(
        set(object, "subscriptions"),
        set(object, "fields"),
        set(object, "messageTypes"),
        set(object, "statuses"),
        set(object, "directions"),
        set(object, "senders"),
        new Endpoint.Extras(set(object, "chats"), Boolean.TRUE.equals(object.get("exactPayload"))));
  }

  static String write(Endpoint.Access access) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("secrets", access.secrets());
    object.put("headers", access.headers());
    object.put("account", access.account());
    if (!access.tls().isEmpty()) {
      object.put("ca", access.tls().caPem());
      object.put("certificate", access.tls().certificatePem());
      object.put("key", access.tls().keyPem());
    }
    return JsonColumns.write(object);
  }

  static Endpoint.Access access(String text) {
    Map<String, @Nullable Object> object = JsonColumns.object(text);
    Map<String, String> headers = new LinkedHashMap<>();
    if (object.get("headers") instanceof Map<?, ?> stored) {
      stored.forEach((name, value) -> headers.put((String) name, (String) value));
    }
    Tls tls =
        new Tls(
            (String) object.get("ca"),
            (String) object.get("certificate"),
            (String) object.get("key"));
    return new Endpoint.Access(
        texts(object, "secrets"), headers, (String) object.get("account"), tls);
  }

  static String write(Policy policy) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("deadline", policy.deadline().toString());
    object.put("schedule", policy.retry().schedule().stream().map(Duration::toString).toList());
    object.put("jitter", policy.retry().jitter());
    object.put("honoursRetryAfter", policy.retry().honoursRetryAfter());
    Policy.Expiry expiry = policy.retry().expiry();
    object.put("maxAge", expiry.maxAge() == null ? null : expiry.maxAge().toString());
    object.put("maxAgeAction", expiry.action().wire());
    object.put("dropWhileFailing", expiry.dropWhileFailing());
    object.put("maxInFlight", policy.maxInFlight());
    object.put("ratePerSecond", policy.ratePerSecond());
    object.put("ordering", policy.ordering().name());
    object.put("success", policy.verdicts().success().text());
    object.put("cancelOn", policy.verdicts().cancelOn().text());
    object.put("disableOn", policy.verdicts().disableOn());
    object.put("cancelOnUnresolvable", policy.verdicts().cancelOnUnresolvable());
    object.put("dropDeliveredAfterRead", policy.dropDeliveredAfterRead());
    return JsonColumns.write(object);
  }

  static Policy policy(String text) {
    Map<String, @Nullable Object> object = JsonColumns.object(text);
    Number rate = (Number) object.get("ratePerSecond");
    return new Policy(
        Duration.parse(text(object, "deadline")),
        new Policy.Retry(
            texts(object, "schedule").stream().map(Duration::parse).toList(),
            number(object, "jitter").doubleValue(),
            flag(object, "honoursRetryAfter"),
            expiry(object)),
        number(object, "maxInFlight").intValue(),
        rate == null ? null : rate.doubleValue(),
        Policy.Ordering.valueOf(text(object, "ordering")),
        verdicts(object),
        flag(object, "dropDeliveredAfterRead"));
  }

  /// What an older version has not stored is none.
  private static Policy.Expiry expiry(Map<String, @Nullable Object> object) {
    return new Policy.Expiry(
        object.get("maxAge") instanceof String age ? Duration.parse(age) : null,
        object.get("maxAgeAction") instanceof String action
            ? Policy.TooOld.ofWire(action)
            : new Policy.TooOld.Deliver(),
        flag(object, "dropWhileFailing"));
  }

  private static Policy.Verdicts verdicts(Map<String, @Nullable Object> object) {
    Set<Integer> disableOn = new HashSet<>();
    for (Object status : collection(object, "disableOn")) {
      disableOn.add(((Number) status).intValue());
    }
    return new Policy.Verdicts(
        new Policy.StatusSet(text(object, "success")),
        new Policy.StatusSet(text(object, "cancelOn")),
        disableOn,
        flag(object, "cancelOnUnresolvable"));
  }

  private static Set<String> set(Map<String, @Nullable Object> object, String name) {
    return new HashSet<>(texts(object, name));
  }

  private static List<String> texts(Map<String, @Nullable Object> object, String name) {
    return collection(object, name).stream().map(String.class::cast).toList();
  }

  private static Collection<?> collection(Map<String, @Nullable Object> object, String name) {
    return object.get(name) instanceof Collection<?> values ? values : List.of();
  }

  private static String text(Map<String, @Nullable Object> object, String name) {
    return (String) Objects.requireNonNull(object.get(name), name);
  }

  /// What an older version has not stored is off.
  private static boolean flag(Map<String, @Nullable Object> object, String name) {
    return Boolean.TRUE.equals(object.get(name));
  }

  private static Number number(Map<String, @Nullable Object> object, String name) {
    return (Number) Objects.requireNonNull(object.get(name), name);
  }
}
