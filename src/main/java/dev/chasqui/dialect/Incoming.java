package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SourceChannel;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A webhook of a source other than Meta, as it came. Everything in it but `recipients` is recorded
/// with the event, so that it can be translated again and gives the same bytes.
///
/// @param body the raw bytes
/// @param headers the first value of a header by its name, in any case; null if there is none
/// @param receivedAt stands in for the sender's time where that is missing
/// @param channel what the operator said of the sender
/// @param recipients whom a message went to that was sent through us, by its id: a number or a user
///   id, null if that is not known (any more)
public record Incoming(
    Bytes body,
    Function<String, @Nullable String> headers,
    Instant receivedAt,
    SourceChannel channel,
    Function<String, @Nullable String> recipients) {

  /// Of a sender that names the recipients itself.
  public Incoming(
      Bytes body,
      Function<String, @Nullable String> headers,
      Instant receivedAt,
      SourceChannel channel) {
    this(body, headers, receivedAt, channel, _ -> null);
  }

  /// The first value of a header, null if there is none.
  public @Nullable String header(String name) {
    return headers.apply(name);
  }
}
