package dev.chasqui.settings;

import java.time.Duration;
import java.util.List;

/// The settings of the projection and of the ledger writer behind it.
public final class ProjectionKeys {

  public static final Key<Duration> PROJECTION_READ_INTERVAL =
      Key.of(
          "projection.readInterval",
          Type.DURATION,
          "2ms",
          "Minimum time between two reads of the journal for processing.");
  public static final Key<Duration> PROJECTION_WRITE_MAX_DELAY =
      Key.of(
          "projection.writeMaxDelay",
          Type.DURATION,
          "25ms",
          "How long the store may collect rows before it writes them together.");
  public static final Key<Integer> PROJECTION_BATCH =
      Key.of(
          "projection.batch",
          Type.NUMBER,
          "512",
          "Webhooks that are read from the journal at once.");
  public static final Key<Long> PROJECTION_BYTES =
      Key.of(
          "projection.bytes", Type.SIZE, "8MiB", "Bytes that are read from the journal at once.");
  public static final Key<Long> PROJECTION_YIELD_ABOVE =
      Key.of(
          "projection.yieldAbove",
          Type.SIZE,
          "32MiB",
          "Growth of the journal per second above which receiving webhooks goes before"
              + " processing them.");
  public static final Key<Integer> PROJECTION_SLICE =
      Key.of(
          "projection.slice",
          Type.NUMBER,
          "5000",
          "Deliveries in one transaction of the store; those of a large webhook take several.");
  public static final Key<Duration> LEDGER_MAX_DELAY =
      Key.of(
          "ledger.maxDelay",
          Type.DURATION,
          "1s",
          "How long items wait before they are written to the message ledger.");
  public static final Key<Integer> LEDGER_SLICE =
      Key.of("ledger.slice", Type.NUMBER, "600", "Items in one transaction of the ledger.");
  public static final Key<Integer> LEDGER_MAX_WAITING =
      Key.of(
          "ledger.maxWaiting",
          Type.NUMBER,
          "20000",
          "Items that may wait in memory for the message ledger, beside those of one large"
              + " webhook; beyond this, processing waits.");

  static final List<Key<?>> ALL =
      List.of(
          PROJECTION_READ_INTERVAL,
          PROJECTION_WRITE_MAX_DELAY,
          PROJECTION_BATCH,
          PROJECTION_BYTES,
          PROJECTION_YIELD_ABOVE,
          PROJECTION_SLICE,
          LEDGER_MAX_DELAY,
          LEDGER_SLICE,
          LEDGER_MAX_WAITING);

  private ProjectionKeys() {}
}
