package dev.chasqui.settings;

import java.time.Duration;
import java.util.List;

/// The settings that limit what unverified requests may take, so that there is room for genuine
/// ones.
public final class EdgeKeys {

  public static final Key<Integer> HTTP_MAX_CONNECTIONS_PER_ADDRESS =
      Key.of(
          "http.maxConnectionsPerAddress",
          Type.NUMBER,
          "4096",
          "The most open connections of one source address per listener; trusted proxies"
              + " are exempt.");
  public static final Key<Long> HTTP_ANSWER_BYTES =
      Key.of(
          "http.answerBytes",
          Type.SIZE,
          "32MiB",
          "Large answers in memory per listener that callers have not read yet; beyond"
              + " this, requests are answered 503.");
  public static final Key<Long> ADMIN_READ_MEMORY =
      Key.of(
          "admin.readMemory",
          Type.SIZE,
          "48MiB",
          "Memory for large answers of the operator API, all together; further requests"
              + " wait, then are answered 503.");
  public static final Key<Long> INGRESS_PARTIAL_BYTES =
      Key.of(
          "ingress.partial.bytes",
          Type.SIZE,
          "32MiB",
          "Bytes of bodies in memory that have not arrived whole and so cannot be"
              + " verified; beyond this, slow and large requests of the busiest address are"
              + " answered 503.");
  public static final Key<Long> INGRESS_PARTIAL_BYTES_PER_ADDRESS =
      Key.of(
          "ingress.partial.bytesPerAddress",
          Type.SIZE,
          "16MiB",
          "The same for one source address; never less than ingress.maxBody.");

  public static final Key<Long> INGRESS_GUARD_BYTES =
      Key.of(
          "ingress.guard.bytes",
          Type.SIZE,
          "8MiB",
          "Bytes of requests that fail verification per source address before it is"
              + " answered 429.");
  public static final Key<Long> INGRESS_GUARD_BYTES_PER_MINUTE =
      Key.of(
          "ingress.guard.bytesPerMinute",
          Type.SIZE,
          "8MiB",
          "How many more such bytes a source address may send per minute.");
  public static final Key<Long> INGRESS_REJECTS_BYTES_PER_MINUTE =
      Key.of(
          "ingress.rejects.bytesPerMinute",
          Type.SIZE,
          "32MiB",
          "Bytes of requests from all addresses that fail verification and are stored per"
              + " minute.");
  public static final Key<Long> INGRESS_REJECTS_BYTES =
      Key.of(
          "ingress.rejects.bytes",
          Type.SIZE,
          "1GiB",
          "Bytes of such requests in the journal; beyond this, they are answered 429.");
  public static final Key<Long> INGRESS_REJECTS_DISK_ROOM =
      Key.of(
          "ingress.rejects.diskRoom",
          Type.SIZE,
          "512MiB",
          "Free disk space beyond journal.reserve that is kept for signed webhooks: below"
              + " it, such requests are not stored.");

  public static final Key<Integer> HTTP_LOGINS_FREE =
      Key.of(
          "http.logins.free",
          Type.NUMBER,
          "20",
          "Different wrong credentials that a source address may try before it has to"
              + " wait; one is forgotten per minute.");
  public static final Key<Duration> HTTP_LOGINS_LONGEST_WAIT =
      Key.of(
          "http.logins.longestWait",
          Type.DURATION,
          "5m",
          "The longest wait after wrong credentials; it begins with a second and doubles"
              + " each time.");

  public static final Key<Integer> ALERTS_SIGNATURES_ALL =
      Key.of(
          "alerts.signatures.all",
          Type.NUMBER,
          "3",
          "Alert after this many webhooks if all webhooks of the source had a bad signature.");
  public static final Key<Boolean> INGRESS_DEDUP_BY_DELIVERY_ID =
      Key.of(
          "ingress.dedupByDeliveryId",
          Type.SWITCH,
          "false",
          "Whether a webhook with a known X-Meta-Delivery-Id is a repeat although its"
              + " bytes differ.");

  static final List<Key<?>> ALL =
      List.of(
          HTTP_MAX_CONNECTIONS_PER_ADDRESS,
          ALERTS_SIGNATURES_ALL,
          INGRESS_DEDUP_BY_DELIVERY_ID,
          HTTP_LOGINS_FREE,
          HTTP_LOGINS_LONGEST_WAIT,
          HTTP_ANSWER_BYTES,
          ADMIN_READ_MEMORY,
          INGRESS_PARTIAL_BYTES,
          INGRESS_PARTIAL_BYTES_PER_ADDRESS,
          INGRESS_GUARD_BYTES,
          INGRESS_GUARD_BYTES_PER_MINUTE,
          INGRESS_REJECTS_BYTES_PER_MINUTE,
          INGRESS_REJECTS_BYTES,
          INGRESS_REJECTS_DISK_ROOM);

  private EdgeKeys() {}
}
