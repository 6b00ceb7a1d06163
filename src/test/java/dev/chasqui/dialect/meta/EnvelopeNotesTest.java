package dev.chasqui.dialect.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Envelopes, or parts of them, that go to nobody.
class EnvelopeNotesTest {

  private static final String TEXT =
      "\"messages\":[{\"from\":\"591720\",\"id\":\"a\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}]";

  private static Envelope envelope(String entries) {
    String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[" + entries + "]}";
    return (Envelope) EnvelopeScanner.scan(Bytes.utf8(body));
  }

  private static String entry(String id, String metadata) {
    return "{\"id\":\"%s\",\"changes\":[{\"field\":\"messages\",\"value\":{\"metadata\":{%s},%s}}]}"
        .formatted(id, metadata, TEXT);
  }

  @Test
  void emptyPartsSayThatTheyAreEmpty() {
    assertThat(EnvelopeNotes.of(envelope("")))
        .containsExactly("entry[] holds no object, so there is nothing to deliver");
    assertThat(EnvelopeNotes.of(envelope("{\"id\":\"102\",\"changes\":[]}")))
        .containsExactly("entry[0] has no changes, so there is nothing in it to deliver");
  }

  @Test
  void aChangeWithoutItsFieldIsTold() {
    List<String> notes =
        EnvelopeNotes.of(envelope("{\"id\":\"102\",\"changes\":[{\"value\":{}}]}"));
    assertThat(notes)
        .containsExactly(
            "entry[0].changes[0] is no change (an object with a text `field` and an object"
                + " `value`): passed over");
  }

  @Test
  void aNumberThatNobodyKnowsIsTold() {
    assertThat(EnvelopeNotes.of(envelope(entry("102", "\"display_phone_number\":\"15550783881\""))))
        .singleElement()
        .asString()
        .contains("is about 15550783881 and has no phone_number_id");
    String known = "\"display_phone_number\":\"15550783881\",\"phone_number_id\":\"106\"";
    assertThat(EnvelopeNotes.of(envelope(entry("102", known)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\t"})
  void blankIdsNameNothing(String blank) {
    Envelope envelope = envelope(entry(blank, "\"phone_number_id\":\"" + blank + "\""));
    Notification.Origin origin = Notifications.of(envelope).getFirst().origin();
    assertThat(origin.wabaId()).isNull();
    assertThat(origin.phoneNumberId()).isNull();
  }
}
