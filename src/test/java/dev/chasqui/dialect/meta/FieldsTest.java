package dev.chasqui.dialect.meta;

import static dev.chasqui.dialect.meta.Samples.METADATA;
import static dev.chasqui.dialect.meta.Samples.change;
import static dev.chasqui.dialect.meta.Samples.split;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Origin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every field of the platform that is one notification as a whole, with a value as the platform
/// sends it, and what it is about.
class FieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          account_update | {"event":"DISABLED_UPDATE","phone_number":"59171000009","ban_info":{"waba_ban_state":"DISABLE"}} | - | 59171000009
          account_settings_update | {"type":"phone_number_settings","timestamp":"1767225600","phone_number_settings":{"phone_number_id":"33","calling":{"status":"ENABLED"}}} | 33 | -
          automatic_events | {%M,"automatic_events":[{"id":"x","event_name":"Purchase","timestamp":1767225600}]} | 501502503504505 | 59171000001
          business_username_updates | {"display_phone_number":"59171000001","status":"approved","username":"tienda"} | - | 59171000001
          consumer_profile | {%M} | 501502503504505 | 59171000001
          group_lifecycle_update | {%M,"groups":[{"type":"group_create","group_id":"g","timestamp":"1767225600"}]} | 501502503504505 | 59171000001
          group_participants_update | {%M,"groups":[{"type":"group_participants_add","added_participants":[{"wa_id":"591720"}]}]} | 501502503504505 | 59171000001
          group_settings_update | {%M,"groups":[{"type":"group_settings_update","group_subject":{"update_successful":true}}]} | 501502503504505 | 59171000001
          group_status_update | {%M,"groups":[{"type":"group_suspend","group_id":"g"}]} | 501502503504505 | 59171000001
          history | {%M,"history":[{"metadata":{"phase":0,"chunk_order":1,"progress":50},"threads":[{"id":"591720","messages":[{"id":"wamid.H"}]}]}]} | 501502503504505 | 59171000001
          history | {%M,"messages":[{"id":"wamid.M","type":"image"}]} | 501502503504505 | 59171000001
          messaging_handovers | {"sender":{"phone_number":"591720"},"recipient":{"phone_number_id":"44","display_phone_number":"59171000004"},"type":"control_passed"} | 44 | 59171000004
          phone_number_name_update | {"display_phone_number":"59171000001","decision":"APPROVED"} | - | 59171000001
          phone_number_quality_update | {"display_phone_number":"59171000001","event":"THROUGHPUT_UPGRADE"} | - | 59171000001
          security | {"display_phone_number":"59171000001","event":"PIN_CHANGED"} | - | 59171000001
          smb_app_state_sync | {%M,"state_sync":[{"type":"contact","action":"add","contact":{"phone_number":"591720"}}]} | 501502503504505 | 59171000001
          standby | {%M,"standby":{"messages":[{"id":"wamid.S","type":"text"}],"contacts":[]}} | 501502503504505 | 59171000001
          standby | {%M,"standby":{"statuses":[{"id":"wamid.S","status":"sent"}]}} | 501502503504505 | 59171000001
          user_id_update | {%M,"user_id_update":[{"wa_id":"591720","user_id":{"previous":"BO.1","current":"BO.2"}}]} | 501502503504505 | 59171000001
          user_preferences | {%M,"user_preferences":[{"wa_id":"591720","category":"marketing_messages","value":"stop"}]} | 501502503504505 | 59171000001
          """)
  void ofANumber(String field, String value, @Nullable String number, @Nullable String display) {
    assertIsOneChange(field, value, number, display);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          account_alerts | {"entity_type":"BUSINESS","entity_id":"77","alert_info":{"alert_type":"OBA_APPROVED"}}
          account_review_update | {"decision":"APPROVED"}
          account_offboarded | {"event":"ACCOUNT_OFFBOARDED"}
          business_capability_update | {"max_daily_conversations_per_business":2000}
          flows | {"event":"FLOW_STATUS_CHANGE","flow_id":"9","old_status":"DRAFT","new_status":"PUBLISHED"}
          message_template_components_update | {"message_template_id":3456789012,"message_template_element":"x"}
          message_template_quality_update | {"previous_quality_score":"GREEN","new_quality_score":"RED"}
          message_template_status_update | {"event":"APPROVED","message_template_id":3456789012,"reason":null}
          payment_configuration_update | {"configuration_name":"c","status":"Active"}
          template_category_update | {"message_template_id":1,"new_category":"MARKETING"}
          template_correct_category_detection | {"message_template_id":1,"correct_category":"UTILITY"}
          tracking_events | {}
          some_field_of_next_year | {"messages":[{"id":"not ours to read"}]}
          """)
  void ofAnAccount(String field, String value) {
    assertIsOneChange(field, value, null, null);
  }

  private static void assertIsOneChange(
      String field, String value, @Nullable String number, @Nullable String display) {
    assertThat(split(change(field, value.replace("%M", METADATA))))
        .singleElement()
        .isInstanceOfSatisfying(
            Notification.Change.class,
            change -> {
              assertThat(change.path()).isEqualTo(ItemPath.ofChange(0, 0));
              assertThat(change.origin())
                  .isEqualTo(new Origin(field, Samples.WABA, number, display));
            });
  }

  @Test
  void anAccountUpdateOfAPartnerNamesItsAccountInside() {
    String value =
        "{\"event\":\"PARTNER_ADDED\",\"waba_info\":{\"owner_business_id\":\"5\",\"waba_id\":\"66\"}}";
    assertThat(split(change("account_update", value)))
        .extracting(n -> n.origin().wabaId())
        .containsExactly("66");
  }

  @Test
  void aPartnerSolutionBelongsToNoAccount() {
    String value = "{\"event\":\"SOLUTION_CREATED\",\"solution_id\":\"1\"}";
    assertThat(split(change("partner_solutions", value)))
        .extracting(n -> n.origin().wabaId())
        .containsOnlyNulls();
  }
}
