package dev.chasqui.api.turn;

import dev.chasqui.http.server.Request;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One call whose caller is authenticated.
public record TurnCall(Request request, TurnCaller caller) {

  /// The most faults of one body that are told: a body with more mostly has one fault many times.
  private static final int MAX_FAULTS = 20;

  /// The body's document as it was posted, without what may stand around it: white space, or a mark
  /// of the order of its bytes.
  ///
  /// @throws TurnException 400 if the body is no JSON in UTF-8
  public Bytes document() {
    try {
      return RawObject.checked(request.body());
    } catch (MalformedJsonException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
  }

  /// The body as a reader that gathers what is wrong; [#check] ends the call with it.
  ///
  /// @throws TurnException 400 if the body is no JSON object
  public JsonBody body() {
    try {
      JsonNode document = Json.read(document());
      if (document.isObject()) {
        return JsonBody.of(document);
      }
    } catch (MalformedJsonException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
    throw unreadable("the body must be a JSON object");
  }

  private static TurnException unreadable(String details) {
    return new TurnException(400, TurnFault.unreadable(details));
  }

  /// @throws TurnException 400 with all that was found wrong with a body, if anything was
  public static void check(JsonBody body) {
    List<TurnFault> faults =
        body.problems().stream()
            .limit(MAX_FAULTS)
            .map(
                it ->
                    it.reason().equals(JsonBody.MISSING)
                        ? TurnFault.missing(it.path())
                        : TurnFault.invalid(it.path(), it.reason()))
            .toList();
    if (!faults.isEmpty()) {
      throw new TurnException(400, faults, List.of());
    }
  }

  /// A header's value, null if it is missing or blank.
  public @Nullable String header(String name) {
    String value = request.headers().first(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /// A header that switches something on with `1`. Other values are none that Turn names; they
  /// switch nothing.
  public boolean isSwitchedOn(String header) {
    return "1".equals(header(header));
  }
}
