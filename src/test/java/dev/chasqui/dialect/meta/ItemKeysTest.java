package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.METADATA;
import static dev.chasqui.dialect.meta.Samples.change;
import static dev.chasqui.dialect.meta.Samples.entry;
import static dev.chasqui.dialect.meta.Samples.envelope;
import static dev.chasqui.dialect.meta.Samples.envelopeOf;
import static dev.chasqui.dialect.meta.Samples.messages;
import static dev.chasqui.dialect.meta.Samples.read;
import static dev.chasqui.dialect.meta.Samples.status;
import static dev.chasqui.dialect.meta.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.ItemKey;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemKeysTest {

  private static List<ItemKey> keys(String json) {
    return keys(WorkspaceId.DEFAULT, json);
  }

  private static List<ItemKey> keys(WorkspaceId workspace, String json) {
    Envelope envelope = read(json);
    ItemKeys keys = new ItemKeys(workspace, envelope);
    return Notifications.of(envelope).stream().map(keys::of).toList();
  }

  /// The key of the only item of one change.
  private static ItemKey key(String change) {
    return keys(envelope(change)).getFirst();
  }

  private static ItemKey statusKey(String members) {
    return key(messages("\"statuses\":[{" + members + "}]"));
  }

  @Test
  void aMessageIsTheSameInAnotherBatchAtAnotherTime() {
    ItemKey first = key(messages("\"messages\":[" + text("wamid.A") + "]"));
    String later = text("wamid.A").replace("1767225600", "1767229999").replace("Qué", "Algo");
    List<ItemKey> batch =
        keys(
            envelopeOf(
                entry("9", messages("\"messages\":[" + text("wamid.B") + "," + later + "]"))));
    assertThat(batch.get(1)).isEqualTo(first);
    assertThat(batch.get(0)).isNotEqualTo(first);
  }

  @Test
  void workspacesAndNumbersKeepTheirOwnKeys() {
    String json = envelope(messages("\"messages\":[" + text("wamid.A") + "]"));
    ItemKey here = keys(json).getFirst();
    ItemKey there = keys(new WorkspaceId("other"), json).getFirst();
    ItemKey otherNumber = keys(json.replace(Samples.NUMBER, "7")).getFirst();
    assertThat(List.of(here, there, otherNumber)).doesNotHaveDuplicates();
    assertThat(List.of(there.id(), otherNumber.id())).containsOnly(here.id());
  }

  @Test
  void allThatIsSaidOfOneMessageStandsTogether() {
    String members =
        "\"messages\":[%s],\"statuses\":[%s,%s]"
            .formatted(text("wamid.A"), status("wamid.A", "sent"), status("wamid.A", "read"));
    List<ItemKey> keys = keys(envelope(messages(members)));
    assertThat(keys).hasSize(3).doesNotHaveDuplicates();
    assertThat(keys).extracting(ItemKey::id).containsOnly(ItemKeys.idHash("wamid.A"));
  }

  @Test
  void aStatusIsToldByItsStatusAndMember() {
    ItemKey sent = statusKey("\"id\":\"w\",\"status\":\"sent\",\"timestamp\":\"1\"");
    ItemKey again =
        statusKey("\"id\":\"w\",\"status\":\"sent\",\"timestamp\":\"2\",\"pricing\":{}");
    ItemKey read = statusKey("\"id\":\"w\",\"status\":\"read\"");
    ItemKey ana =
        statusKey("\"id\":\"w\",\"status\":\"sent\",\"recipient_participant_id\":\"591720\"");
    ItemKey alsoAna =
        statusKey("\"id\":\"w\",\"status\":\"sent\",\"participant_recipient_id\":\"591720\"");
    assertThat(again).isEqualTo(sent);
    assertThat(alsoAna).isEqualTo(ana);
    assertThat(List.of(sent, read, ana)).doesNotHaveDuplicates();
  }

  @Test
  void paymentsOfOneMessageAreToldApart() {
    ItemKey first =
        statusKey("\"id\":\"w\",\"type\":\"payment\",\"status\":\"failed\",\"payment\":1");
    ItemKey second =
        statusKey("\"id\":\"w\",\"type\":\"payment\",\"status\":\"failed\",\"payment\":2");
    ItemKey message = statusKey("\"id\":\"w\",\"status\":\"failed\"");
    assertThat(List.of(first, second, message)).doesNotHaveDuplicates();
    assertThat(statusKey("\"id\":\"w\",\"type\":\"payment\",\"status\":\"failed\",\"payment\":1"))
        .isEqualTo(first);
  }

  @Test
  void aCallIsToldByItsEvent() {
    String calls =
        "{%s,\"calls\":[{\"id\":\"c\",\"event\":\"connect\",\"timestamp\":\"1\"},{\"id\":\"c\",\"event\":\"terminate\"},{\"id\":\"c\",\"event\":\"connect\"}]}"
            .formatted(METADATA);
    List<ItemKey> keys = keys(envelope(change("calls", calls)));
    assertThat(keys.get(2)).isEqualTo(keys.get(0)).isNotEqualTo(keys.get(1));
    assertThat(keys).extracting(ItemKey::id).containsOnly(ItemKeys.idHash("c"));
  }

  @Test
  void aCopyByTheBusinessIsNoInboundMessage() {
    ItemKey message = key(messages("\"messages\":[{\"id\":\"w\"}]"));
    ItemKey echo =
        key(change("smb_message_echoes", "{" + METADATA + ",\"message_echoes\":[{\"id\":\"w\"}]}"));
    assertThat(echo).isNotEqualTo(message);
    assertThat(echo.id()).isEqualTo(message.id());
  }

  @Test
  void otherChangesAreToldByFieldEntryTimeAndValue() {
    String alert = change("flows", "{\"a\":1}");
    String at = "{\"id\":\"1\",\"time\":%d,\"changes\":[%s]}";
    List<ItemKey> keys =
        keys(
            envelopeOf(
                at.formatted(5, alert),
                at.formatted(6, alert),
                at.formatted(5, change("flows", "{\"a\":2}")),
                at.formatted(5, change("security", "{\"a\":1}")),
                "{\"id\":\"2\",\"time\":5,\"changes\":[" + alert + "]}"));
    assertThat(keys).hasSize(5).doesNotHaveDuplicates();
    assertThat(keys(envelopeOf(at.formatted(5, alert)))).containsExactly(keys.getFirst());
  }

  @Test
  void itemsWithoutAnIdAreToldByTheirContents() {
    List<ItemKey> keys =
        keys(
            envelope(
                messages("\"messages\":[{\"type\":\"a\"},{\"type\":\"b\"},{\"type\":\"a\"}]")));
    assertThat(keys.get(2)).isEqualTo(keys.get(0)).isNotEqualTo(keys.get(1));
  }

  @Test
  void keysDoNotChangeFromVersionToVersion() {
    ItemKey key = key(messages("\"messages\":[" + text("wamid.A") + "]"));
    assertThat(Long.toHexString(ItemKeys.idHash("wamid.A"))).isEqualTo("9385d581c5ee3072");
    assertThat(Long.toHexString(key.rest())).isEqualTo("165f7f92df637375");
  }
}
