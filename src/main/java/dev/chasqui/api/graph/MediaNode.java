package dev.chasqui.api.graph;

import dev.chasqui.api.media.MediaAnswer;
import dev.chasqui.api.media.MediaSettings;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.api.media.MediaUpstream.Owner;
import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamLimits;
import dev.chasqui.operations.Caller;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `POST /{phone_number_id}/media`: the Cloud API's way to take a file up. The client's form passes
/// through as it is, piece by piece; only the token becomes the workspace's.
final class MediaNode {

  /// The most bytes of a form beside its file.
  private static final int FORM_BYTES = 64 << 10;

  private final GraphGate gate;
  private final Accounts accounts;
  private final MediaUpstream media;

  MediaNode(GraphGate gate, Accounts accounts, MediaUpstream media) {
    this.gate = gate;
    this.accounts = accounts;
    this.media = media;
  }

  StreamLimits limits() {
    MediaSettings settings = media.settings();
    return new StreamLimits(
        settings.maxBytes() + FORM_BYTES, settings.deadline(), settings.stall());
  }

  Response answer(Request head, Pieces body) throws InterruptedException {
    return gate.guarded(() -> checked(head, body));
  }

  private Response checked(Request head, Pieces body) throws InterruptedException {
    GraphParameters query = GraphParameters.ofQuery(head.query());
    String type = head.headers().first("Content-Type");
    boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith(MultipartForm.TYPE);
    if (type == null || !isForm) {
      var _ = gate.caller(head.headers(), query, GraphEdge.SENDERS);
      throw GraphException.parameter("The body must be multipart/form-data");
    }
    try {
      UploadForm form = UploadForm.read(type, body);
      GraphParameters parameters = query.and(GraphParameters.ofFields(form.fields()));
      Caller caller = gate.caller(head.headers(), parameters, GraphEdge.SENDERS);
      return post(new GraphCall(head, parameters, caller), type, form);
    } catch (BrokenStreamException e) {
      throw broken(e);
    }
  }

  private Response post(GraphCall call, String type, UploadForm form) throws InterruptedException {
    String number = call.id("phone_number_id");
    call.refuseUnlessFor(number);
    if (call.caller().phoneNumberId() == null) {
      accounts.refuseOthersNumber(call.workspace(), number);
      accounts.refuseOtherKind(call.workspace(), number, Accounts.Kind.PHONE_NUMBER);
    }
    String version = call.version();
    long length = length(call.request());
    return answer(
        media.upload(
            new Owner(call.workspace(), number),
            new MediaUpstream.Target(
                version == null ? media.settings().version() : version,
                GraphParameters.handedOn(call.request().query())),
            type,
            new Upload(length < 0 ? -1 : length - form.takenOut(), form)));
  }

  private static long length(Request head) {
    String told = head.headers().first("Content-Length");
    boolean isChunked = head.headers().first("Transfer-Encoding") != null;
    return told == null || isChunked ? -1 : Long.parseLong(told);
  }

  private RuntimeException broken(BrokenStreamException e) {
    return e.fault() == Fault.TOO_LARGE
        ? GraphException.parameter("A file may have " + media.settings().maxBytes() + " bytes")
        : e;
  }

  private static Response answer(MediaAnswer answer) {
    return switch (answer) {
      case MediaAnswer.Told told -> {
        Response passed = Response.json(told.status(), told.body());
        yield withRetry(passed, told.retryAfter());
      }
      case MediaAnswer.Silent silent -> throw GraphException.temporary(silent.why());
      case MediaAnswer.Content _ -> throw new IllegalStateException("an upload gives no file");
    };
  }

  private static Response withRetry(Response answer, @Nullable String retryAfter) {
    return retryAfter == null ? answer : answer.with("Retry-After", retryAfter);
  }
}
