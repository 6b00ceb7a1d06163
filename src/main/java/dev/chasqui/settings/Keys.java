package dev.chasqui.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All settings. The order is that of `docs/settings.md`; a test holds the two together.
public final class Keys {

  public static final Key<Path> DATA =
      Key.of("data", Type.PATH, "data", "The directory of journal, embedded store and keys.");
  public static final Key<String> NODE =
      Key.of("node", Type.TEXT, "node-1", "The name of this node in leases.");
  public static final Key<Duration> STOP_LIMIT =
      Key.of("stopLimit", Type.DURATION, "10s", "How long a stop waits for work in flight.");

  public static final Key<Type.Address> PUBLIC_ADDRESS =
      Key.of(
          "public.address",
          Type.ADDRESS,
          "127.0.0.1:8080",
          "The address that serves webhooks and the Graph API.");
  public static final Key<Type.Address> ADMIN_ADDRESS =
      Key.of(
          "admin.address",
          Type.ADDRESS,
          "127.0.0.1:8081",
          "The address that serves the operator API and metrics.");
  public static final Key<String> ADMIN_TOKEN =
      Key.token("admin.token", "The first admin token; without it one is made and printed once.");

  public static final Key<Long> HTTP_MAX_HEADER =
      Key.of("http.maxHeader", Type.SIZE, "16KiB", "The largest request head; over it 431.");
  public static final Key<Integer> HTTP_MAX_CONNECTIONS =
      Key.of("http.maxConnections", Type.NUMBER, "20000", "Most open connections per listener.");
  public static final Key<Integer> HTTP_MAX_STREAMS =
      Key.of("http.maxStreams", Type.NUMBER, "64", "Uploads, downloads and tails per listener.");
  public static final Key<Duration> HTTP_HEADER_DEADLINE =
      Key.of("http.headerDeadline", Type.DURATION, "10s", "Longest wait for a request's head.");
  public static final Key<Duration> HTTP_BODY_DEADLINE =
      Key.of("http.bodyDeadline", Type.DURATION, "30s", "Longest wait for a body; then 408.");
  public static final Key<Duration> HTTP_IDLE =
      Key.of("http.idle", Type.DURATION, "75s", "How long an idle connection is kept.");
  public static final Key<List<String>> HTTP_TRUSTED_PROXIES =
      Key.of(
          "http.trustedProxies",
          Type.LIST,
          "",
          "CIDRs of proxies whose X-Forwarded-For is trusted for the source address.");

  public static final Key<Long> INGRESS_MAX_BODY =
      Key.of("ingress.maxBody", Type.SIZE, "4MiB", "The largest webhook; over it 413.");
  public static final Key<Long> INGRESS_BYTES_IN_FLIGHT =
      Key.of("ingress.bytesInFlight", Type.SIZE, "64MiB", "Bodies in memory; over it 503.");
  public static final Key<List<String>> INGRESS_REJECT_INVALID =
      Key.of(
          "ingress.rejectInvalid",
          Type.LIST,
          "",
          "Sources (whatsapp, meta, turn, exotel) that answer 401 to a bad signature, not 200.");
  public static final Key<List<String>> INGRESS_MOCK =
      Key.of(
          "ingress.mock",
          Type.LIST,
          "",
          "Workspaces that process webhooks without a valid signature; for development only.");
  public static final Key<Integer> INGRESS_DEDUP_WINDOW =
      Key.of("ingress.dedupWindow", Type.NUMBER, "65536", "Recent bodies kept to find repeats.");
  public static final Key<Long> INGRESS_DEDUP_REFILL =
      Key.of(
          "ingress.dedupRefill",
          Type.SIZE,
          "64MiB",
          "How much of the journal's end is read at start to remember recent bodies.");
  public static final Key<Integer> INGRESS_GUARD_BURST =
      Key.of(
          "ingress.guard.burst",
          Type.NUMBER,
          "200",
          "Requests that fail verification per source address before it is answered 429.");
  public static final Key<Integer> INGRESS_GUARD_PER_MINUTE =
      Key.of(
          "ingress.guard.perMinute",
          Type.NUMBER,
          "600",
          "How many more such requests a source address may make per minute.");
  public static final Key<Integer> INGRESS_REJECTS_PER_MINUTE =
      Key.of(
          "ingress.rejects.perMinute",
          Type.NUMBER,
          "6000",
          "Unverified requests from all addresses that are stored per minute; more are"
              + " answered 429.");
  public static final Key<Integer> INGRESS_REJECTS_MAX =
      Key.of("ingress.rejects.max", Type.NUMBER, "10000", "Rejected events kept, the newest.");
  public static final Key<Duration> INGRESS_REJECTS_AGE =
      Key.of("ingress.rejects.age", Type.DURATION, "14d", "How long rejected events are kept.");

  public static final Key<Long> JOURNAL_SEGMENT =
      Key.of("journal.segment", Type.SIZE, "64MiB", "The size of a segment file.");
  public static final Key<Long> JOURNAL_CAP =
      Key.of("journal.cap", Type.SIZE, "20GiB", "The most the journal may use; over it 503.");
  public static final Key<Long> JOURNAL_RESERVE =
      Key.of("journal.reserve", Type.SIZE, "512MiB", "Disk space that is always left free.");
  public static final Key<Long> JOURNAL_WAITING =
      Key.of("journal.waiting", Type.SIZE, "64MiB", "Bytes that may wait to be written.");
  public static final Key<Duration> JOURNAL_BUSY_MAX_DELAY =
      Key.of(
          "journal.busyMaxDelay",
          Type.DURATION,
          "600us",
          "Minimum time between two disk writes of a busy journal: larger batches, later answers.");
  public static final Key<Duration> JOURNAL_BULK_MAX_DELAY =
      Key.of(
          "journal.bulkMaxDelay",
          Type.DURATION,
          "2ms",
          "Minimum time between disk writes while only status webhooks arrive. Webhooks with"
              + " messages are written at once.");
  public static final Key<Duration> JOURNAL_AGE =
      Key.of("journal.age", Type.DURATION, "30d", "How long raw webhooks are kept.");

  public static final Key<String> STORE_URL =
      Key.secret(
          "store.url",
          "postgresql://user:password@host:port/database; empty for the embedded store.");
  public static final Key<Integer> STORE_READERS =
      Key.of(
          "store.readers",
          Type.NUMBER,
          "2",
          "Threads that read the store for lists and details; deliveries have their own.");
  public static final Key<Integer> STORE_READ_QUEUE =
      Key.of(
          "store.readQueue", Type.NUMBER, "64", "Reads of the store that may wait; over it 503.");
  public static final Key<Duration> STORE_READ_LIMIT =
      Key.of("store.readLimit", Type.DURATION, "30s", "The longest a read of the store may take.");
  public static final Key<Duration> STORE_EVENTS_AGE =
      Key.of("store.eventsAge", Type.DURATION, "30d", "How long events and deliveries are kept.");
  public static final Key<Duration> STORE_KEYS_AGE =
      Key.of("store.keysAge", Type.DURATION, "9d", "How long a repeated item is recognised.");
  public static final Key<Duration> STORE_DEAD_AGE =
      Key.of("store.deadAge", Type.DURATION, "90d", "How long dead letters are kept.");

  public static final Key<Integer> DELIVERY_IN_MEMORY =
      Key.of("delivery.inMemory", Type.NUMBER, "65536", "The most deliveries held in memory.");
  public static final Key<Integer> DELIVERY_IN_MEMORY_PER_ENDPOINT =
      Key.of(
          "delivery.inMemoryPerEndpoint",
          Type.NUMBER,
          "8192",
          "The most deliveries of one endpoint held in memory, and at most one eighth of"
              + " the free places in delivery.inMemory.");
  public static final Key<Integer> DELIVERY_LANES_HIGH =
      Key.of(
          "delivery.lanes.high",
          Type.NUMBER,
          "512",
          "Deliveries under way at once to receivers that answer in 200 ms or less; one endpoint"
              + " has at most half of a lane.");
  public static final Key<Integer> DELIVERY_LANES_DEFAULT =
      Key.of(
          "delivery.lanes.default",
          Type.NUMBER,
          "256",
          "Deliveries under way at once to receivers that answer in less than 1 s, and to new"
              + " ones.");
  public static final Key<Integer> DELIVERY_LANES_LOW =
      Key.of(
          "delivery.lanes.low",
          Type.NUMBER,
          "128",
          "Deliveries under way at once to receivers that answer in 1 s or more, or not at all.");
  public static final Key<Duration> DELIVERY_BACKLOG_AGE =
      Key.of(
          "delivery.backlogAge",
          Type.DURATION,
          "7d",
          "The longest that a delivery waits for a failing endpoint, unless its retry"
              + " schedule is longer.");
  public static final Key<Duration> DELIVERY_HEAD_OF_LINE =
      Key.of(
          "delivery.headOfLine",
          Type.DURATION,
          "10m",
          "With ordering by contact: how long a delivery that fails may hold up the others of its"
              + " contact.");

  public static final Key<Duration> ALERTS_EVERY =
      Key.of("alerts.every", Type.DURATION, "5s", "How often the alert checks run.");

  public static final Key<Duration> ALERTS_AGE =
      Key.of("alerts.age", Type.DURATION, "90d", "How long resolved alerts are kept.");

  public static final Key<Duration> ALERTS_DEGRADED_AFTER =
      Key.of(
          "alerts.degradedAfter",
          Type.DURATION,
          "1m",
          "How long an endpoint is degraded before an alert; failing raises one at once.");

  public static final Key<Duration> ALERTS_CALM =
      Key.of(
          "alerts.calm",
          Type.DURATION,
          "30s",
          "How long an endpoint must be healthy before its alert is resolved.");

  public static final Key<Duration> ALERTS_OVERDUE =
      Key.of(
          "alerts.overdue",
          Type.DURATION,
          "5m",
          "Alert when the oldest due delivery of a lane is this old; resolved below half of it.");

  public static final Key<Integer> ALERTS_SILENCE_EXPECTED =
      Key.of(
          "alerts.silence.expected",
          Type.NUMBER,
          "20",
          "Alert when this many webhooks fewer than usual have arrived for a number.");

  public static final Key<Duration> ALERTS_SILENCE_AT_LEAST =
      Key.of(
          "alerts.silence.atLeast",
          Type.DURATION,
          "30m",
          "The shortest silence of a number that raises an alert.");

  public static final Key<Integer> ALERTS_SILENCE_NUMBERS =
      Key.of(
          "alerts.silence.numbers",
          Type.NUMBER,
          "5000",
          "Phone numbers watched for silence; each takes 3 KiB of memory.");

  public static final Key<Integer> ALERTS_SIGNATURES_COUNT =
      Key.of(
          "alerts.signatures.count",
          Type.NUMBER,
          "20",
          "Alert when a source sends this many webhooks with a bad signature.");

  public static final Key<Duration> ALERTS_SIGNATURES_WITHIN =
      Key.of(
          "alerts.signatures.within",
          Type.DURATION,
          "5m",
          "The time within which such webhooks are counted.");

  public static final Key<Duration> ALERTS_DEAD_LETTERS_QUIET =
      Key.of(
          "alerts.deadLetters.quiet",
          Type.DURATION,
          "1h",
          "How long an endpoint must have no new dead letter before its alert is resolved.");

  public static final Key<Duration> ALERTS_UNSIGNED_QUIET =
      Key.of(
          "alerts.unsigned.quiet",
          Type.DURATION,
          "1h",
          "How long no unsigned webhook may be processed before the alert is resolved.");

  public static final Key<Integer> ALERTS_NOTICES_WAITING =
      Key.of(
          "alerts.noticesWaiting",
          Type.NUMBER,
          "1000",
          "Messages that may wait for alert webhooks; beyond, alerts are only stored and logged.");

  public static final Key<URI> UPSTREAM_URL =
      Key.of("upstream.url", Type.URL, "https://graph.facebook.com", "The Graph API's base URL.");

  public static final Key<Duration> TURN_RATE_WINDOW =
      Key.of("turn.rateLimit.window", Type.DURATION, "60s", "The window of Turn's rate limits.");
  public static final Key<Integer> TURN_RATE_GENERAL =
      Key.of(
          "turn.rateLimit.general",
          Type.NUMBER,
          "0",
          "Other calls of the Turn API per phone number and window; 0 for no limit.");
  public static final Key<Integer> TURN_RATE_TEXT =
      Key.of(
          "turn.rateLimit.text",
          Type.NUMBER,
          "0",
          "Calls of POST /v1/messages per phone number and window; 0 for no limit.");
  public static final Key<Integer> TURN_RATE_MEDIA =
      Key.of(
          "turn.rateLimit.media",
          Type.NUMBER,
          "0",
          "Calls of /v1/media per phone number and window; 0 for no limit.");
  public static final Key<Duration> TURN_CLAIMS_LIFETIME =
      Key.of(
          "turn.claims.lifetime",
          Type.DURATION,
          "5m",
          "How long a conversation is claimed after a send that extends its claim.");

  /// All settings, in the order of the documentation.
  public static final List<Key<?>> ALL =
      all(
          List.of(
              DATA,
              NODE,
              STOP_LIMIT,
              PUBLIC_ADDRESS,
              ADMIN_ADDRESS,
              ADMIN_TOKEN,
              HTTP_MAX_HEADER,
              HTTP_MAX_CONNECTIONS,
              HTTP_MAX_STREAMS,
              HTTP_HEADER_DEADLINE,
              HTTP_BODY_DEADLINE,
              HTTP_IDLE,
              HTTP_TRUSTED_PROXIES,
              INGRESS_MAX_BODY,
              INGRESS_BYTES_IN_FLIGHT,
              INGRESS_REJECT_INVALID,
              INGRESS_MOCK,
              INGRESS_DEDUP_WINDOW,
              INGRESS_DEDUP_REFILL,
              INGRESS_GUARD_BURST,
              INGRESS_GUARD_PER_MINUTE,
              INGRESS_REJECTS_PER_MINUTE,
              INGRESS_REJECTS_MAX,
              INGRESS_REJECTS_AGE,
              JOURNAL_SEGMENT,
              JOURNAL_CAP,
              JOURNAL_RESERVE,
              JOURNAL_WAITING,
              JOURNAL_BUSY_MAX_DELAY,
              JOURNAL_BULK_MAX_DELAY,
              JOURNAL_AGE,
              STORE_URL,
              STORE_READERS,
              STORE_READ_QUEUE,
              STORE_READ_LIMIT,
              STORE_EVENTS_AGE,
              STORE_KEYS_AGE,
              STORE_DEAD_AGE,
              DELIVERY_IN_MEMORY,
              DELIVERY_IN_MEMORY_PER_ENDPOINT,
              DELIVERY_LANES_HIGH,
              DELIVERY_LANES_DEFAULT,
              DELIVERY_LANES_LOW,
              DELIVERY_BACKLOG_AGE,
              DELIVERY_HEAD_OF_LINE,
              ALERTS_EVERY,
              ALERTS_AGE,
              ALERTS_DEGRADED_AFTER,
              ALERTS_CALM,
              ALERTS_OVERDUE,
              ALERTS_SILENCE_EXPECTED,
              ALERTS_SILENCE_AT_LEAST,
              ALERTS_SILENCE_NUMBERS,
              ALERTS_SIGNATURES_COUNT,
              ALERTS_SIGNATURES_WITHIN,
              ALERTS_DEAD_LETTERS_QUIET,
              ALERTS_UNSIGNED_QUIET,
              ALERTS_NOTICES_WAITING,
              UPSTREAM_URL,
              TURN_RATE_WINDOW,
              TURN_RATE_GENERAL,
              TURN_RATE_TEXT,
              TURN_RATE_MEDIA,
              TURN_CLAIMS_LIFETIME),
          List.of(
              ProjectionKeys.ALL,
              MessageKeys.ALL,
              ClientKeys.ALL,
              MetricsKeys.ALL,
              EdgeKeys.ALL,
              HostKeys.ALL));

  private Keys() {}

  private static List<Key<?>> all(List<Key<?>> first, List<List<Key<?>>> others) {
    return Stream.concat(first.stream(), others.stream().flatMap(List::stream)).toList();
  }

  static @Nullable Key<?> find(String name) {
    for (Key<?> key : ALL) {
      if (key.name().equals(name)) {
        return key;
      }
    }
    return null;
  }
}
