package dev.chasqui.api.exotel;

import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.store.SourceStore;
import dev.chasqui.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Lets an account's own callers through, and makes Exotel's answers of whatever comes of it. An
/// account that does not exist and a wrong token are answered alike.
final class ExotelGate {

  private static final String BASIC = "basic ";
  private static final int ID_BYTES = 16;

  private final SourceStore accounts;
  private final LoginGuard guard;
  private final RandomGenerator random;

  ExotelGate(SourceStore accounts, LoginGuard guard, RandomGenerator random) {
    this.accounts = accounts;
    this.guard = guard;
    this.random = random;
  }

  /// Does what a call asks for.
  @FunctionalInterface
  interface Handler {
    /// @return the answer's data
    /// @throws ExotelException if it cannot be done; nothing is changed then
    ObjectNode handle(Request request, SourceAccount account) throws InterruptedException;
  }

  Response pass(Request request, Handler handler) throws InterruptedException {
    try {
      refuseGuessers(request);
      return done(request, handler.handle(request, account(request)));
    } catch (ExotelException e) {
      Response refusal = refusal(request, e);
      return e.fault() == Fault.TOO_MANY
          ? refusal.with(
              "Retry-After",
              Long.toString(guard.retryAfterSeconds(request.source(), given(request))))
          : refusal;
    } catch (StoreException e) {
      if (e.isTemporary()) {
        ExotelException busy = new ExotelException(Fault.BUSY, "try again");
        return refusal(request, busy).with("Retry-After", "1");
      }
      throw e;
    }
  }

  /// Before the login is looked at: who guesses must not learn which guess was right.
  private void refuseGuessers(Request request) {
    if (!guard.admits(request.source(), given(request))) {
      throw new ExotelException(Fault.TOO_MANY, "come back after Retry-After");
    }
  }

  private SourceAccount account(Request request) {
    String login = given(request);
    String sid = request.parameter("sid");
    Optional<SourceAccount> account =
        accounts.sources().stream()
            .filter(it -> it.source() == DialectName.EXOTEL && it.id().equals(sid))
            .findFirst();
    String wanted = account.map(ExotelGate::login).orElse("");
    boolean isRight =
        MessageDigest.isEqual(
            login.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    if (account.isEmpty() || wanted.isEmpty() || !isRight) {
      guard.failed(request.source(), login);
      throw new ExotelException(
          Fault.UNAUTHORIZED, "send HTTP Basic with the account's API key and API token");
    }
    guard.passed(request.source(), login);
    return account.get();
  }

  private static String given(Request request) {
    return login(request.headers().first("Authorization"));
  }

  private static String login(SourceAccount account) {
    String key = account.access().apiKey();
    String token = account.access().apiToken();
    return key == null || token == null ? "" : key + ":" + token;
  }

  /// User and password with a colon between them, empty if there are none.
  private static String login(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return "";
    }
    try {
      byte[] login = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      return new String(login, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }

  private Response done(Request request, ObjectNode data) {
    ObjectNode response = Json.object();
    response.put("code", 200);
    response.putNull("error_data");
    response.put("status", "success");
    response.set("data", data);
    return envelope(request, 200, response);
  }

  private Response refusal(Request request, ExotelException e) {
    Fault fault = e.fault();
    ObjectNode response = Json.object();
    response.put("code", fault.status());
    ObjectNode error = response.putObject("error_data");
    error.put("code", fault.code());
    error.put("message", fault.message());
    error.put("description", e.description());
    response.put("status", "failure");
    response.putNull("data");
    Response answer = envelope(request, fault.status(), response);
    return fault == Fault.UNAUTHORIZED
        ? answer.with("WWW-Authenticate", "Basic realm=\"chasqui\", charset=\"UTF-8\"")
        : answer;
  }

  private Response envelope(Request request, int status, ObjectNode response) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    ObjectNode envelope = Json.object();
    envelope.put("request_id", HexFormat.of().formatHex(id));
    envelope.put("method", request.method());
    envelope.put("http_code", status);
    envelope.set("response", response);
    return Response.json(status, Json.bytes(envelope));
  }
}
