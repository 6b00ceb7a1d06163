package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bad days of a contact: webhooks about it come on many connections at once.
class FallbackSwitchIT {

  private static final String NUMBER = "106540352242922";
  private static final long FIRST = 1_700_000_000;
  private static final int CONNECTIONS = 32;

  @TempDir private Path folder;

  @Test
  void aHundredFailuresAtOnceAreOneSwitchAndOneAlert() throws Exception {
    try (Town operator = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      operatorSets(caller, operator);
      post(caller, failures("51900000001", 100));
      assertThat(caller.get("/api/v1/contacts/51900000001"))
          .contains("\"whatsappFailures\":100", "\"isFallbackChannelActive\":true");
      operator.await("the switch is told", got -> !got.isEmpty());
      post(caller, failures("51900000001", 100));
      post(caller, failures("51900000002", 5));
      operator.await("the next contact's switch is told", got -> got.size() > 1);
      assertThat(operator.got()).hasSize(2);
      assertThat(operator.got().getFirst().body().toUtf8())
          .contains("\"kind\":\"contact.switched\"", "***0001", NUMBER)
          .doesNotContain("51900000001");
      assertThat(operator.got().getLast().body().toUtf8()).contains("***0002");
      assertThat(caller.get("/metrics")).contains("chasqui_contacts_switched_total 2.0");
    }
  }

  @Test
  void aSwitchDoesNotWaitForTheLedger() throws Exception {
    try (Town operator = new Town();
        Gateway gateway = LocalGateway.start(folder, Map.of("ledger.maxDelay", "PT1H"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      operatorSets(caller, operator);
      post(caller, failures("51900000001", 5));
      operator.await("the switch is told", got -> !got.isEmpty());
    }
  }

  @Test
  void whoWritesWhileBeingSwitchedEndsWhereTheNewestWordLeads() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      setChannel(caller);
      List<Bytes> all = new ArrayList<>();
      all.addAll(failures("51900000001", 50));
      all.add(inbound("51900000001", FIRST + 1_000));
      all.addAll(failures("51900000002", 50));
      all.add(inbound("51900000002", FIRST - 1_000));
      Collections.shuffle(all, new Random(7));
      post(caller, all);
      assertThat(caller.get("/api/v1/contacts/51900000001"))
          .contains("\"whatsappFailures\":0", "\"isFallbackChannelActive\":false");
      assertThat(caller.get("/api/v1/contacts/51900000002"))
          .contains("\"whatsappFailures\":50", "\"isFallbackChannelActive\":true");
    }
  }

  @Test
  void anOperatorSwitchesAContactByHand() throws Exception {
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      setChannel(caller);
      post(caller, failures("51900000001", 5));
      assertThat(patch(caller, "51900000001", "{\"isFallbackChannelActive\":false}").body())
          .contains("\"whatsappFailures\":0", "\"isFallbackChannelActive\":false");
      assertThat(patch(caller, "51900000009", "{\"isFallbackChannelActive\":true}").body())
          .contains("\"waId\":\"51900000009\"", "\"isFallbackChannelActive\":true");
      assertThat(patch(caller, "US.77", "{\"isFallbackChannelActive\":true}").statusCode())
          .isEqualTo(404);
      assertThat(patch(caller, "51900000009", "{}").statusCode()).isEqualTo(400);
      assertThat(patch(caller, "51900000009", "{\"isFallbackChannelActive\":1}").statusCode())
          .isEqualTo(400);
    }
  }

  private static HttpResponse<String> patch(Caller caller, String id, String body)
      throws Exception {
    return caller.admin("PATCH", "/api/v1/contacts/" + id, body);
  }

  private static void operatorSets(Caller caller, Town operator) throws Exception {
    String webhook = "{\"url\":\"" + operator.url() + "\",\"kinds\":[\"contact.switched\"]}";
    assertThat(caller.admin("PUT", "/api/v1/alert-webhook", webhook).body()).contains("whsec_");
    setChannel(caller);
  }

  private static void setChannel(Caller caller) throws Exception {
    String body =
        "{\"url\":\"http://127.0.0.1:9/bridge\",\"secret\":\"bridge-secret-1\","
            + "\"errorThreshold\":5}";
    HttpResponse<String> answer =
        caller.admin("PUT", "/api/v1/phone-numbers/" + NUMBER + "/fallback", body);
    assertThat(answer.body()).contains("channelUuid");
  }

  private static void post(Caller caller, List<Bytes> bodies) throws Exception {
    try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<HttpResponse<String>>> posts = new ArrayList<>();
      bodies.forEach(body -> posts.add(() -> caller.webhook(body)));
      for (Future<HttpResponse<String>> answered : connections.invokeAll(posts)) {
        assertThat(answered.get().body()).contains("\"accepted\":true");
      }
    }
  }

  private static List<Bytes> failures(String contact, int count) {
    List<Bytes> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(
          value(
              """
              "statuses":[{"id":"wamid.%1$s.%2$d","status":"failed","timestamp":"%3$d",
              "recipient_id":"%1$s","errors":[{"code":131026,"title":"undeliverable"}]}]\
              """
                  .formatted(contact, i, FIRST + i)));
    }
    return bodies;
  }

  private static Bytes inbound(String contact, long at) {
    return value(
        """
        "messages":[{"from":"%1$s","id":"wamid.in.%1$s","timestamp":"%2$d","type":"text",
        "text":{"body":"hello"}}]\
        """
            .formatted(contact, at));
  }

  private static Bytes value(String items) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550001111","phone_number_id":"%s"},%s}}]}]}\
        """
            .formatted(NUMBER, items));
  }
}
