package dev.chasqui.api.operator;

import dev.chasqui.api.operator.OpenTail.Next;
import dev.chasqui.http.server.BodySink;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamLimits;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.model.Bytes;
import dev.chasqui.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// `GET /api/v1/tail`: what happens, as it happens, as server-sent events
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
final class TailRoute {

  /// A reader who takes nothing for so long is let go.
  static final StreamLimits LIMITS = new StreamLimits(0, null, Duration.ofSeconds(30));

  private static final String BEGINNING = "retry: 3000\n: a tail of what happens\n\n";
  private static final String HEARTBEAT = ": still here\n\n";

  private final LiveTail tail;
  private final Store store;
  private final Clock clock;
  private final Predicate<OperatorCall> isStillIn;

  /// @param isStillIn whether a caller's token still counts
  TailRoute(LiveTail tail, Store store, Clock clock, Predicate<OperatorCall> isStillIn) {
    this.tail = tail;
    this.store = store;
    this.clock = clock;
    this.isStillIn = isStillIn;
  }

  List<Served> operations() {
    return List.of(
        Served.streamed("GET", "/api/v1/tail", "Live event stream (server-sent events)", this::tell)
            .with(TailFilter.NAMES));
  }

  private void tell(OperatorCall call, StreamReply reply) throws InterruptedException {
    TailFilter filter = TailFilter.of(call, store.contacts(), clock);
    String mark = call.request().headers().first("Last-Event-ID");
    OpenTail open =
        tail.open(call.workspace())
            .orElseThrow(
                () -> new ProblemException(503, "Busy", "as many tails are open as there may be"));
    try (open) {
      Response head =
          Response.of(200, "text/event-stream", Bytes.EMPTY)
              .with("X-Content-Type-Options", "nosniff")
              .with("Cache-Control", "no-store")
              .with("X-Accel-Buffering", "no");
      BodySink sink = reply.begin(head);
      sink.write(Bytes.utf8(BEGINNING));
      TailWriter writer = new TailWriter(sink, filter);
      if (mark != null) {
        new ResumeTail(tail, store, writer).from(TailMark.parse(mark), call.workspace());
      }
      follow(open, writer, call);
      sink.end();
    }
  }

  /// Until the end of the tail, or of the token that it was opened with.
  private void follow(OpenTail open, TailWriter writer, OperatorCall call)
      throws InterruptedException {
    Next next = open.next(tail.bounds().heartbeat());
    while (!(next instanceof Next.End) && isStillIn.test(call)) {
      switch (next) {
        case Next.Item(TailItem item) -> writer.write(item);
        case Next.Gap(long missed) -> writer.gap("too_slow", missed);
        case Next.Nothing _ -> writer.comment(HEARTBEAT);
        case Next.End _ -> {}
      }
      next = open.next(tail.bounds().heartbeat());
    }
  }
}
