package dev.chasqui.dialect.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Succession;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionsTest {

  private static final Instant AT = Instant.ofEpochSecond(1_780_000_000);

  private static List<Succession> of(String field, String value) {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"100","changes":[
          {"field":"%s","value":{"messaging_product":"whatsapp",
           "metadata":{"display_phone_number":"1","phone_number_id":"200"},%s}}]}]}
        """
            .formatted(field, value);
    Envelope envelope = (Envelope) EnvelopeScanner.scan(Bytes.utf8(body));
    return Successions.of(envelope, Notifications.of(envelope)).values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private static Participant number(String waId) {
    return new Participant(waId, null, null);
  }

  private static Participant userId(String id) {
    return new Participant(null, id, null);
  }

  @Test
  void aChangedNumberIsToldByASystemMessage() {
    String message =
        """
        "messages":[{"from":"51900000001","id":"wamid.1","timestamp":"1780000000","type":"system",
          "system":{"body":"changed","%s":"51900000002","type":"user_changed_number"}}]
        """;
    Succession expected = new Succession(number("51900000001"), number("51900000002"), AT);
    assertThat(of("messages", message.formatted("wa_id"))).containsExactly(expected);
    assertThat(of("messages", message.formatted("new_wa_id"))).containsExactly(expected);
  }

  @Test
  void aChangedUserIdIsToldByASystemMessage() {
    String message =
        """
        "messages":[{"from_user_id":"US.1","id":"wamid.1","timestamp":"1780000000",
          "type":"system","system":{"user_id":"US.2","type":"user_changed_user_id"}}]
        """;
    assertThat(of("messages", message))
        .containsExactly(new Succession(userId("US.1"), userId("US.2"), AT));
  }

  @Test
  void changedUserIdsAreToldByAFieldOfTheirOwn() {
    String updates =
        """
        "user_id_update":[
          {"wa_id":"51900000001","detail":"d","user_id":{"previous":"US.1","current":"US.2"},
           "timestamp":"1780000000"},
          {"user_id":{"previous":"US.3","current":"US.4"},"timestamp":1780000000},
          {"user_id":{"current":"US.5"}}, 7]
        """;
    assertThat(of("user_id_update", updates))
        .containsExactly(
            new Succession(
                new Participant("51900000001", "US.1", null),
                new Participant("51900000001", "US.2", null),
                AT),
            new Succession(userId("US.3"), userId("US.4"), AT));
  }

  @Test
  void whatTellsOfNoChangeIsNone() {
    assertThat(
            of(
                "messages",
                """
                "messages":[{"from":"51900000001","id":"wamid.1","type":"system",
                  "system":{"type":"customer_identity_changed","identity":{}}},
                  {"from":"51900000001","id":"wamid.2","type":"text",
                  "system":{"wa_id":"1","type":"user_changed_number"}},
                  {"from":"51900000001","id":"wamid.3","type":"system","system":7}]
                """))
        .isEmpty();
    assertThat(of("user_id_update", "\"user_id_update\":{}")).isEmpty();
  }
}
