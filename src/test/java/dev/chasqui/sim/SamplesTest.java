package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.sim.Sample.OfField;
import dev.chasqui.sim.Sample.OfMessage;
import dev.chasqui.sim.Sample.OfStatus;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Names what the platform can say, so that nothing is missing and nothing goes missing.
class SamplesTest {

  @Test
  void everyMessageTypeIsThere() {
    assertThat(each(OfMessage.class, OfMessage::type))
        .containsExactlyInAnyOrder(
            "text",
            "image",
            "video",
            "audio",
            "voice",
            "document",
            "sticker",
            "location",
            "contacts",
            "button",
            "interactive",
            "order",
            "reaction",
            "system",
            "edit",
            "revoke",
            "unsupported",
            "request_welcome",
            "hologram");
  }

  @Test
  void everyInteractiveReplyAndSystemNoteIsThere() {
    assertThat(names())
        .contains(
            "interactive/button_reply",
            "interactive/list_reply",
            "interactive/nfm_reply",
            "interactive/call_permission_reply",
            "interactive/payment_method",
            "system/user_changed_number",
            "system/customer_identity_changed",
            "system/user_changed_user_id");
  }

  @Test
  void everyContextOfAMessageIsThere() {
    assertThat(names())
        .contains(
            "text/reply",
            "text/forwarded",
            "text/frequently_forwarded",
            "text/product_enquiry",
            "text/referral",
            "text/group",
            "contacts/contact_request",
            "reaction/removed",
            "audio/voice");
  }

  @Test
  void everyStatusIsThere() {
    assertThat(each(OfStatus.class, OfStatus::status))
        .containsExactlyInAnyOrder(
            "sent",
            "delivered",
            "read",
            "played",
            "failed",
            "deleted",
            "warning",
            "captured",
            "pending",
            "teleported");
    assertThat(names()).contains("payment/failed", "delivered/group", "sent/free_entry_point");
  }

  @Test
  void everyFieldIsThere() {
    assertThat(each(OfField.class, OfField::field))
        .containsExactlyInAnyOrder(
            "account_alerts",
            "account_review_update",
            "account_settings_update",
            "account_update",
            "automatic_events",
            "business_capability_update",
            "business_username_updates",
            "calls",
            "consumer_profile",
            "flows",
            "group_lifecycle_update",
            "group_participants_update",
            "group_settings_update",
            "group_status_update",
            "history",
            "message_echoes",
            "message_template_components_update",
            "message_template_quality_update",
            "message_template_status_update",
            "messages",
            "messaging_handovers",
            "partner_solutions",
            "payment_configuration_update",
            "phone_number_name_update",
            "phone_number_quality_update",
            "quipu_knots",
            "security",
            "smb_app_state_sync",
            "smb_message_echoes",
            "standby",
            "template_category_update",
            "template_correct_category_detection",
            "tracking_events",
            "user_id_update",
            "user_preferences");
  }

  @Test
  void everyAccountUpdateIsThere() {
    assertThat(Samples.named("account_update").stream().map(s -> s.name().split("/", 2)[1]))
        .containsExactlyInAnyOrder(
            "ACCOUNT_DELETED",
            "ACCOUNT_RESTRICTION",
            "ACCOUNT_VIOLATION",
            "AD_ACCOUNT_LINKED",
            "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
            "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE",
            "DISABLED_UPDATE",
            "MM_LITE_TERMS_SIGNED",
            "PARTNER_ADDED",
            "PARTNER_REMOVED",
            "PARTNER_APP_INSTALLED",
            "PARTNER_APP_UNINSTALLED",
            "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
            "PARTNER_CLIENT_CERTIFICATION_NEEDED",
            "VOLUME_BASED_PRICING_TIER_UPDATE",
            "ACCOUNT_OFFBOARDED",
            "ACCOUNT_RECONNECTED",
            "VERIFIED_ACCOUNT");
  }

  @Test
  void namesAreUnique() {
    assertThat(Samples.all()).extracting(Sample::name).doesNotHaveDuplicates();
  }

  private static Set<String> names() {
    return Samples.all().stream().map(Sample::name).collect(Collectors.toSet());
  }

  private static <T extends Sample> Set<String> each(Class<T> kind, Function<T, String> word) {
    return Samples.all().stream()
        .filter(kind::isInstance)
        .map(kind::cast)
        .map(word)
        .collect(Collectors.toSet());
  }
}
