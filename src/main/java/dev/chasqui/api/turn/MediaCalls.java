package dev.chasqui.api.turn;

import dev.chasqui.api.media.MediaAnswer;
import dev.chasqui.api.media.MediaFile;
import dev.chasqui.api.media.MediaKind;
import dev.chasqui.api.media.MediaSettings;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.api.media.MediaUpstream.Owner;
import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.client.StreamAnswer;
import dev.chasqui.http.server.BodySink;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamLimits;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.json.Json;
import dev.chasqui.messaging.SendAnswer;
import dev.chasqui.model.Bytes;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Files: `POST /v1/media` takes raw bytes with their real type up to the platform, `GET` takes
/// them down, `DELETE` forgets them. They pass through piece by piece and are never kept here.
public final class MediaCalls implements TurnPart {

  private static final String FILE = "/v1/media/{id:[A-Za-z0-9_-]+}";

  /// Graph says this of what it has no object for.
  private static final long NO_SUCH_OBJECT = 100;

  private final MediaUpstream media;

  public MediaCalls(MediaUpstream media) {
    this.media = media;
  }

  @Override
  public void addTo(TurnRoutes routes) {
    MediaSettings settings = media.settings();
    TurnGate gate = routes.gate();
    StreamLimits up = new StreamLimits(settings.maxBytes(), settings.deadline(), settings.stall());
    StreamLimits down = new StreamLimits(0, settings.deadline(), settings.stall());
    routes
        .plain()
        .streaming(
            "POST",
            "/v1/media",
            up,
            (head, body, reply) ->
                reply.send(counted(gate, head, owner -> upload(owner, head, body))))
        .streaming("GET", FILE, down, (head, _, reply) -> download(gate, head, reply));
    routes.add("DELETE", FILE, 0, RateBucket.MEDIA, this::delete);
  }

  /// Answers the owner of a token.
  @FunctionalInterface
  private interface Handler {
    Response handle(Owner owner) throws InterruptedException;
  }

  private static Response counted(TurnGate gate, Request head, Handler handler)
      throws InterruptedException {
    TurnCaller caller;
    try {
      caller = gate.caller(head.headers());
    } catch (TurnGate.Refused e) {
      return e.answer();
    }
    Owner owner = new Owner(caller.workspace(), caller.phoneNumberId());
    return gate.counted(RateBucket.MEDIA, caller, () -> gate.handled(() -> handler.handle(owner)));
  }

  private Response upload(Owner owner, Request head, Pieces body) throws InterruptedException {
    String type = head.headers().first("Content-Type");
    MediaKind kind = MediaKind.of(type == null ? "" : type).orElseThrow(() -> unsupported(type));
    long length = length(head);
    long most = Math.min(kind.maxBytes(), media.settings().maxBytes());
    if (length > most) {
      throw tooLarge(kind, most);
    }
    try {
      return uploaded(media.upload(owner, new MediaFile(String.valueOf(type), length, body), kind));
    } catch (BrokenStreamException e) {
      throw broken(e, kind, most);
    }
  }

  private static long length(Request head) {
    String told = head.headers().first("Content-Length");
    boolean isChunked = head.headers().first("Transfer-Encoding") != null;
    if (isChunked) {
      return -1;
    }
    return told == null ? 0 : Long.parseLong(told);
  }

  private static TurnException unsupported(@Nullable String type) {
    String hint =
        type != null && type.startsWith("multipart/")
            ? "send the file's bytes as they are, with its own Content-Type; this is a form"
            : "the Content-Type must be one of " + MediaKind.allTypes();
    return new TurnException(415, new TurnFault(415, "Unsupported media type", hint));
  }

  private static TurnException tooLarge(MediaKind kind, long most) {
    String details =
        "%s may have %d bytes at most".formatted(kind.name().toLowerCase(Locale.ROOT), most);
    return new TurnException(413, new TurnFault(413, "Media file too large", details));
  }

  /// If the stream broke because the caller has gone, the answer is never read.
  private static RuntimeException broken(BrokenStreamException e, MediaKind kind, long most) {
    return switch (e.fault()) {
      case TOO_LARGE -> tooLarge(kind, most);
      case TOO_SLOW, LATE ->
          new TurnException(
              408, new TurnFault(408, "Request timeout", String.valueOf(e.getMessage())));
      case GONE, CLOSED -> e;
    };
  }

  private static Response uploaded(MediaAnswer answer) {
    if (answer instanceof MediaAnswer.Told told && told.isDone()) {
      JsonNode id = told.document().path("id");
      if (id.isString()) {
        ObjectNode body = Json.object();
        body.putArray("media").addObject().put("id", id.stringValue());
        return TurnAnswer.of(201, body);
      }
    }
    return notDone(answer);
  }

  private Response delete(TurnCall call) throws InterruptedException {
    Owner owner = new Owner(call.caller().workspace(), call.caller().phoneNumberId());
    MediaAnswer answer = media.delete(owner, call.request().parameter("id"));
    return answer instanceof MediaAnswer.Told told && told.isDone()
        ? TurnAnswer.done()
        : notFoundOr(answer);
  }

  private void download(TurnGate gate, Request head, StreamReply reply)
      throws InterruptedException {
    AtomicReference<MediaAnswer.@Nullable Content> opened = new AtomicReference<>();
    Response answer = counted(gate, head, owner -> open(owner, head, opened));
    MediaAnswer.Content content = opened.get();
    if (content == null) {
      reply.send(answer);
      return;
    }
    try (StreamAnswer file = content.answer()) {
      Bytes piece;
      try {
        piece = file.next();
      } catch (BrokenStreamException e) {
        reply.send(MessageAnswer.unavailable(SendAnswer.Cause.UPSTREAM, "upstream broke off", 1));
        return;
      }
      pass(piece, file, reply.begin(answer));
    }
  }

  /// From here on a fault ends the connection, so that no caller takes a part for the whole.
  private static void pass(@Nullable Bytes first, StreamAnswer file, BodySink sink)
      throws InterruptedException {
    Bytes piece = first;
    while (piece != null) {
      sink.write(piece);
      piece = file.next();
    }
    sink.end();
  }

  private Response open(
      Owner owner, Request head, AtomicReference<MediaAnswer.@Nullable Content> opened)
      throws InterruptedException {
    MediaAnswer answer = media.download(owner, head.parameter("id"));
    if (!(answer instanceof MediaAnswer.Content content)) {
      return notFoundOr(answer);
    }
    opened.set(content);
    Response found =
        Response.of(200, content.type(), Bytes.EMPTY)
            .with("X-Content-Type-Options", "nosniff")
            .with("Cache-Control", "private");
    String length = content.answer().header("Content-Length");
    return length == null ? found : found.with("Content-Length", length);
  }

  private static Response notFoundOr(MediaAnswer answer) {
    boolean isUnknown =
        answer instanceof MediaAnswer.Told told && fault(told).code() == NO_SUCH_OBJECT;
    if (isUnknown) {
      throw TurnException.notFound("the platform has no such file of this number");
    }
    return notDone(answer);
  }

  private static Response notDone(MediaAnswer answer) {
    return switch (answer) {
      case MediaAnswer.Told told
          when told.isDone() || told.document().path("error").isMissingNode() ->
          MessageAnswer.own(
              502, "Bad gateway", "upstream answered " + told.status() + " in no words of Graph's");
      case MediaAnswer.Told told ->
          MessageAnswer.refused(told.status(), fault(told), told.retryAfter());
      case MediaAnswer.Silent silent when silent.isLate() ->
          MessageAnswer.own(504, "Gateway timeout", silent.why());
      case MediaAnswer.Silent silent ->
          MessageAnswer.unavailable(SendAnswer.Cause.UPSTREAM, silent.why(), 1);
      case MediaAnswer.Content _ -> throw new IllegalStateException("a file is no refusal");
    };
  }

  private static SendAnswer.Fault fault(MediaAnswer.Told told) {
    JsonNode error = told.document().path("error");
    return new SendAnswer.Fault(
        error.path("code").asLong(0),
        error.path("message").asString("refused"),
        null,
        error.path("error_data").path("details").stringValue(null),
        null);
  }
}
