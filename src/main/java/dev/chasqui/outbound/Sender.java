package dev.chasqui.outbound;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.Tls;
import dev.chasqui.model.Version;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The port through which everything leaves: deliveries, handshakes, alerts. Blocking; called on
/// virtual threads. The implementation checks the resolved address and pins it, follows no
/// redirect, bounds the answer, and keeps the total deadline.
public interface Sender {

  /// How requests of the gateway itself name it.
  String AGENT = "Chasqui/" + Version.VALUE;

  /// Sends one request and waits for its answer. Never throws for what a receiver does; what it did
  /// is the result.
  SendResult send(Outbound request) throws InterruptedException;

  /// Sends one GET for a handshake and waits for its answer.
  ///
  /// @param deadline for all of it
  /// @param keepBytes how much of the answer's body to return
  default SendResult get(URI url, Duration deadline, int keepBytes) throws InterruptedException {
    Map<String, String> headers = Map.of("User-Agent", AGENT, "Accept", "text/plain, */*");
    return send(new Outbound("GET", url, headers, Bytes.EMPTY, deadline, keepBytes));
  }

  /// Sends one JSON document and waits for its answer.
  ///
  /// @param deadline for all of it
  /// @param keepBytes how much of the answer's body to return
  default SendResult post(URI url, Bytes json, Duration deadline, int keepBytes)
      throws InterruptedException {
    Map<String, String> headers = Map.of("User-Agent", AGENT, "Content-Type", "application/json");
    return send(new Outbound("POST", url, headers, json, deadline, keepBytes));
  }

  /// Whether a URL may be a receiver at all: absolute `http` or `https`, a plain host name or
  /// canonical literal, and, as far as it is a literal or resolves now, an allowed address.
  ///
  /// @return what is wrong with it, empty if nothing is
  Optional<String> objection(URI url) throws InterruptedException;

  /// Whether certificates can be used: they can be read, and the key is the certificate's.
  ///
  /// @return what is wrong with them, empty if nothing is
  Optional<String> objection(Tls tls);

  /// One request.
  ///
  /// @param method `GET` or `POST`
  /// @param headers sent as they are spelled
  /// @param body empty for GET
  /// @param deadline for all of it: resolving, waiting for a connection, connecting, the answer
  /// @param handling of its answer
  /// @param tls certificates beside those that all requests have
  record Outbound(
      String method,
      URI url,
      Map<String, String> headers,
      Bytes body,
      Duration deadline,
      Handling handling,
      Tls tls) {

    /// One that a receiver recognises if it comes twice.
    public Outbound(
        String method,
        URI url,
        Map<String, String> headers,
        Bytes body,
        Duration deadline,
        int keepBytes) {
      this(method, url, headers, body, deadline, keepBytes, Repeats.IF_UNREAD);
    }

    /// One without certificates of its own.
    public Outbound(
        String method,
        URI url,
        Map<String, String> headers,
        Bytes body,
        Duration deadline,
        int keepBytes,
        Repeats repeats) {
      this(method, url, headers, body, deadline, new Handling(keepBytes, repeats), Tls.NONE);
    }

    /// The same with certificates.
    public Outbound with(Tls own) {
      return own.isEmpty()
          ? this
          : new Outbound(method, url, headers, body, deadline, handling, own);
    }

    /// How much of the answer's body to return.
    public int keepBytes() {
      return handling.keepBytes();
    }

    /// Whether it may be sent once more if it seems that the receiver never read it.
    public Repeats repeats() {
      return handling.repeats();
    }
  }

  /// The rules for reading an answer, and for a missing one.
  ///
  /// @param keepBytes how much of the answer's body to return
  /// @param repeats whether it may be sent once more if it seems that the receiver never read it
  record Handling(int keepBytes, Repeats repeats) {}

  /// Whether a request may be sent once more.
  enum Repeats {
    /// Once, on a new connection, if a reused one was closed before any byte of an answer.
    IF_UNREAD,
    /// Never: the receiver may have read it all the same. Every failure after the first byte went
    /// out is then told as [dev.chasqui.model.SendResult.Failure#RESET],
    /// [dev.chasqui.model.SendResult.Failure#TIMEOUT],
    /// [dev.chasqui.model.SendResult.Failure#ANSWER_TOO_LARGE],
    /// [dev.chasqui.model.SendResult.Failure#BAD_ANSWER] or
    /// [dev.chasqui.model.SendResult.Failure#CLOSED], and by nothing else.
    NEVER
  }
}
