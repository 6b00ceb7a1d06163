package dev.chasqui.messaging;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Sending;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A message that a client asks us to send. Its surface has found out who asks and has checked the
/// payload; the message service sends it.
///
/// @param phoneNumberId the business number to send from, digits
/// @param author the token it was asked with
public record Submission(
    WorkspaceId workspace,
    String phoneNumberId,
    Sending.Author author,
    Content content,
    Options options) {

  /// How many characters an `Idempotency-Key` may have.
  public static final int MAX_KEY = 255;

  public Submission {
    // It becomes a part of the upstream's URL.
    if (phoneNumberId.isEmpty() || !phoneNumberId.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("a phone number id is digits");
    }
  }

  /// Whether a text may be an `Idempotency-Key`.
  public static boolean isKey(String text) {
    return !text.isBlank() && text.length() <= MAX_KEY;
  }

  /// The message to send.
  ///
  /// @param payload the document, in Turn's or in the Cloud API's shape; never changed
  /// @param raw its bytes exactly as they were posted: what subscribers get
  /// @param headers the request's headers to be recorded; without `Authorization`
  public record Content(ObjectNode payload, Bytes raw, List<Header> headers) {
    public Content {
      headers = List.copyOf(headers);
    }
  }

  /// One header line, as received.
  public record Header(String name, String value) {}

  /// How it is to be sent.
  ///
  /// @param forceFallback over the fallback channel, whatever the contact's default
  /// @param idempotencyKey the client's `Idempotency-Key`, null if it sent none
  /// @param version the Graph API's version that the client asked for, as `v24.0`; null for the
  ///   setting's
  public record Options(
      boolean forceFallback, @Nullable String idempotencyKey, @Nullable String version) {

    /// By the contact's default, once for each request.
    public static final Options USUAL = new Options(false, null, null);

    public Options {
      if (idempotencyKey != null && !isKey(idempotencyKey)) {
        throw new IllegalArgumentException("no Idempotency-Key");
      }
    }
  }
}
