package dev.chasqui.http.server;

import dev.chasqui.http.server.PartialBodies.Entry;
import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gathers a request's body from what the parser gives. A body that comes in one piece, as nearly
/// all do, is not copied again; those of any other are [GatheredBytes].
final class RequestBody {

  private final int max;
  private final long announced;
  private final BodyBudget budget;
  private final Supplier<Entry> newEntry;
  private @Nullable ByteBuf only;
  private @Nullable GatheredBytes gathered;
  private @Nullable Entry partial;
  private int length;
  private int taken;
  private boolean dropping;
  private boolean ignored;

  /// @param announced its length by the head, negative if that is not said
  /// @param newEntry how it is counted if it does not come in one piece
  RequestBody(int max, long announced, BodyBudget budget, Supplier<Entry> newEntry) {
    this.max = max;
    this.announced = announced;
    this.budget = budget;
    this.newEntry = newEntry;
  }

  /// The body of a request that has none.
  static RequestBody none() {
    BodyBudget nothing =
        new BodyBudget(new BytesInFlight(0), new PartialBodies(0, 0, System::nanoTime));
    return new RequestBody(
        0,
        0,
        nothing,
        () -> {
          throw new IllegalStateException("there is no body");
        });
  }

  /// @return false if the body is over its limit now
  boolean add(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (bytes > max - length) {
      drop();
      return false;
    }
    boolean isWhole = length == 0 && bytes == announced;
    length += bytes;
    if (dropping) {
      return true;
    }
    if (!take(bytes, isWhole)) {
      drop();
      return true;
    }
    keep(piece);
    return true;
  }

  private boolean take(int bytes, boolean isWhole) {
    if (!isWhole && !grow(bytes)) {
      return false;
    }
    if (!budget.all().take(bytes)) {
      return false;
    }
    taken += bytes;
    return true;
  }

  private boolean grow(int bytes) {
    Entry entry = partial;
    if (entry == null) {
      entry = newEntry.get();
      partial = entry;
      budget.partial().open(entry);
    }
    return budget.partial().grow(entry, bytes);
  }

  private void keep(ByteBuf piece) {
    if (length == piece.readableBytes() && piece.hasArray()) {
      only = piece;
      return;
    }
    GatheredBytes all = gathered;
    if (all == null) {
      all = new GatheredBytes();
      gathered = all;
    }
    if (only != null) {
      all.add(only);
      only = null;
    }
    all.add(piece);
  }

  /// From now on bytes are only counted, because they are not needed or there is no room.
  void drop() {
    dropping = true;
    release();
  }

  /// Nobody wants the bytes, and that is no reason to refuse the request.
  void ignore() {
    drop();
    ignored = true;
  }

  /// Whether the body was given up for want of room.
  boolean isDropped() {
    return dropping && !ignored;
  }

  /// The last byte is here.
  void complete() {
    if (partial != null) {
      budget.partial().close(partial);
      partial = null;
    }
  }

  /// The body is not in flight any more.
  void release() {
    complete();
    only = null;
    gathered = null;
    if (taken > 0) {
      budget.all().give(taken);
      taken = 0;
    }
  }

  Bytes bytes() {
    if (only != null) {
      return Bytes.of(only.array(), only.arrayOffset() + only.readerIndex(), length);
    }
    GatheredBytes all = gathered;
    gathered = null;
    return all == null ? Bytes.EMPTY : all.joined();
  }
}
