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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `POST /{phone_number_id}/media`: the Cloud API's way to take a file up. The client's form passes
/// through as it is, piece by piece; only the token becomes the workspace's.
final class MediaNode {

  /// What a form has round its file.
  private static final int FORM_BYTES = 64 << 10;

  private final Accounts accounts;
  private final MediaUpstream media;

  MediaNode(Accounts accounts, MediaUpstream media) {
    this.accounts = accounts;
    this.media = media;
  }

  StreamLimits limits() {
    MediaSettings settings = media.settings();
    return new StreamLimits(
        settings.maxBytes() + FORM_BYTES, settings.deadline(), settings.stall());
  }

  Response post(GraphCall call, Pieces body) throws InterruptedException {
    String number = call.id("phone_number_id");
    call.refuseUnlessFor(number);
    if (call.caller().phoneNumberId() == null) {
      accounts.refuseOthersNumber(call.workspace(), number);
    }
    Request head = call.request();
    String type = head.headers().first("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw GraphException.parameter("The body must be multipart/form-data");
    }
    String version = head.pathParameters().get("version");
    try {
      return answer(
          media.upload(
              new Owner(call.workspace(), number),
              version == null ? media.settings().version() : version,
              type,
              new Upload(length(head), body)));
    } catch (BrokenStreamException e) {
      throw broken(e);
    }
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
      case MediaAnswer.Silent _ -> throw GraphException.temporary();
      case MediaAnswer.Content _ -> throw new IllegalStateException("an upload gives no file");
    };
  }

  private static Response withRetry(Response answer, @Nullable String retryAfter) {
    return retryAfter == null ? answer : answer.with("Retry-After", retryAfter);
  }
}
