package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/// What an operator sets is checked by the rule that reads it.
class SettableValuesIT {

  private static final String WORKSPACE = "workspace=tried";

  /// Calls with a place for a value as JSON text, and one for it inside of a text.
  private static final List<String> CALLS =
      List.of(
          "PUT /api/v1/secrets/webhook-signing-secret {'value':%1$s}",
          "PUT /api/v1/secrets/meta-verify-token {'value':%1$s}",
          "PUT /api/v1/secrets/meta-access-token {'value':%1$s}",
          "POST /api/v1/endpoints {'name':%1$s,'dialect':'turn','url':'http://127.0.0.1:9/a'}",
          "POST /api/v1/endpoints {'name':'t','dialect':'turn','url':'http://127.0.0.1:9/b',"
              + "'secret':%1$s}",
          "POST /api/v1/endpoints {'name':'e','dialect':'exotel','url':'http://127.0.0.1:9/c',"
              + "'secret':%1$s}",
          "POST /api/v1/endpoints {'name':'s','dialect':'standard','url':'http://127.0.0.1:9/d',"
              + "'secret':%1$s}",
          "POST /api/v1/endpoints {'name':'m','dialect':'meta','url':'http://127.0.0.1:9/e',"
              + "'secret':%1$s}",
          "POST /api/v1/endpoints"
              + " {'name':'u','dialect':'standard','url':'http://127.0.0.1:9/%2$s'}",
          "POST /api/v1/endpoints {'name':'h','dialect':'standard','url':'http://127.0.0.1:9/f',"
              + "'headers':{'X-A':%1$s}}",
          "POST /api/v1/endpoints {'name':'f','dialect':'standard','url':'http://127.0.0.1:9/g',"
              + "'filters':{'fields':[%1$s],'messageTypes':[%1$s],'statuses':[%1$s],"
              + "'senders':[%1$s]}}",
          "PUT /api/v1/alert-webhook {'url':'http://127.0.0.1:9/%2$s'}",
          "PUT /api/v1/alert-webhook {'url':'http://127.0.0.1:9/h','secret':%1$s}",
          "PUT /api/v1/app {'id':%1$s,'callbackUrl':'http://127.0.0.1:9/%2$s',"
              + "'skipHandshake':true}",
          "POST /api/v1/tokens {'kind':'viewer','name':%1$s}",
          "PUT /api/v1/wabas/77 {'name':%1$s}",
          "PUT /api/v1/phone-numbers/88 {'displayPhoneNumber':%1$s}",
          "PUT /api/v1/phone-numbers/88/fallback {'url':'http://127.0.0.1:9/%2$s'}",
          "PUT /api/v1/phone-numbers/88/fallback {'url':'http://127.0.0.1:9/i','secret':%1$s}",
          "PUT /api/v1/turn-channels/tc {'phoneNumberId':'88','secret':%1$s,"
              + "'displayPhoneNumber':%1$s}",
          "PUT /api/v1/exotel-accounts/ea {'apiKey':%1$s,'apiToken':%1$s,'signingSecret':%1$s,"
              + "'urlKey':%1$s,'verifyToken':%1$s}");

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void whatAnyCallTakesARestartTakesAndEveryOtherWorkspaceGoesOn(
      @ForAll @Size(10) List<@From("values") String> values) throws Exception {
    Path folder = Files.createTempDirectory("chasqui-values");
    List<String> all = new ArrayList<>(values);
    all.addAll(List.of(" ", "\u2028", "\u3000", "\ud800", "a\udc00b", "plain-value-1234"));
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      for (String value : all) {
        for (String call : CALLS) {
          set(caller, call, value);
        }
      }
    }
    try (LogLines lines = new LogLines();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      assertThat(caller.open("/ready").statusCode()).isEqualTo(200);
      assertThat(caller.webhook(Caller.message("wamid.AFTER", 3)).body())
          .contains("\"accepted\":true");
      assertThat(caller.admin("PUT", "/api/v1/secrets/meta-verify-token", "{\"value\":\"mine\"}"))
          .extracting(it -> it.statusCode())
          .isEqualTo(204);
      assertThat(lines.all()).doesNotContain("cannot be used");
    }
  }

  private static void set(Caller caller, String call, String value)
      throws IOException, InterruptedException {
    String[] parts = call.split(" ", 3);
    String json = json(value);
    String inside = json.substring(1, json.length() - 1);
    String body = parts[2].replace('\'', '"').formatted(json, inside);
    int status = caller.admin(parts[0], parts[1] + "?" + WORKSPACE, body).statusCode();
    assertThat(status).as("%s with %s", call, json).isLessThan(500);
  }

  /// As JSON with escapes, so that half a character can be sent.
  private static String json(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      json.append("\\u%04x".formatted((int) value.charAt(i)));
    }
    return json.append('"').toString();
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "",
            "\t",
            "\u0000",
            "\u0085",
            "\u00a0",
            "\u200b",
            "\ufeff",
            "\ufffe",
            "\"quoted\"",
            "'quoted'",
            " ends ",
            "whsec_",
            "whsec_AAAA",
            "whsec_%",
            "Bearer EAA",
            "a:b",
            "{}",
            "\ud83d\ude00",
            "\ud83d",
            "null",
            "%",
            "%zz",
            "\\",
            "x".repeat(513),
            "x".repeat(512));
    return Arbitraries.oneOf(nasty, Arbitraries.strings().all().ofMaxLength(12));
  }
}
