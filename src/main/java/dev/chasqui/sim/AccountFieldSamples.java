package dev.chasqui.sim;

import dev.chasqui.sim.Sample.Level;
import dev.chasqui.sim.Sample.OfField;
import java.util.List;

/// Samples of the fields that are about the account: their entries carry `time`, and some are filed
/// under the business portfolio. Where the platform sends the same member with two types, both are
/// here (numbers as strings, ids above 2^31).
final class AccountFieldSamples {

  private static final String TEMPLATE =
      """
      "message_template_id":$number,"message_template_name":"order_update_$letters",\
      "message_template_language":"en_US\"""";

  static final List<OfField> ALL =
      List.of(
          of(
              "account_alerts",
              """
              {"entity_type":"BUSINESS","entity_id":"$portfolio","alert_info":{"alert_severity":"WARNING",\
              "alert_status":"ACTIVE","alert_type":"OBA_REJECTED","alert_description":"Case $number"}}"""),
          of("account_review_update", "{\"decision\":\"APPROVED\"}"),
          event("ACCOUNT_DELETED", ""),
          event(
              "ACCOUNT_RESTRICTION",
              """
              ,"restriction_info":[{"restriction_type":"RESTRICTED_ADD_PHONE_NUMBER_ACTION","expiration":$later},\
              {"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"$later",\
              "remediation":"Wait"}]"""),
          event("ACCOUNT_VIOLATION", ",\"violation_info\":{\"violation_type\":\"SPAM\"}"),
          event(
              "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE",
              ",\"auth_international_rate_eligibility\":{\"start_time\":$later,\"exception_countries\":[]}"),
          event("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE", ",\"country\":\"PE\""),
          event(
              "DISABLED_UPDATE",
              ",\"ban_info\":{\"waba_ban_state\":\"SCHEDULE_FOR_DISABLE\",\"waba_ban_date\":\"1 December 2026\"}"),
          event(
              "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE",
              ",\"partner_client_certification_info\":{\"client_business_id\":\"$number\",\"status\":\"APPROVED\"}"),
          event(
              "PARTNER_CLIENT_CERTIFICATION_NEEDED",
              ",\"partner_client_certification_needed_info\":{\"client_business_id\":\"$number\"}"),
          event(
              "VOLUME_BASED_PRICING_TIER_UPDATE",
              ",\"volume_tier_info\":{\"tier_update_time\":$time,\"pricing_category\":\"UTILITY\",\"tier\":\"25000:100000\",\"effective_month\":\"2026-11\",\"region\":\"Peru\"}"),
          event(
              "ACCOUNT_OFFBOARDED",
              ",\"disconnection_info\":{\"reason\":\"BUSINESS\",\"initiated_by\":\"BUSINESS\"}"),
          event("ACCOUNT_RECONNECTED", ""),
          event("VERIFIED_ACCOUNT", ",\"phone_number\":\"$display\""),
          portfolio("AD_ACCOUNT_LINKED"),
          portfolio("MM_LITE_TERMS_SIGNED"),
          portfolio("PARTNER_ADDED"),
          portfolio("PARTNER_REMOVED"),
          portfolio("PARTNER_APP_INSTALLED"),
          portfolio("PARTNER_APP_UNINSTALLED"),
          of(
              "business_capability_update",
              "{\"max_daily_conversations_per_business\":100000,\"max_phone_numbers_per_business\":20}"),
          of(
              "business_username_updates",
              "{\"display_phone_number\":\"$display\",\"username\":\"shop.$letters\",\"status\":\"approved\"}"),
          of(
              "flows",
              "{\"event\":\"FLOW_STATUS_CHANGE\",\"message\":\"Flow is published\",\"flow_id\":\"$number\",\"old_status\":\"DRAFT\",\"new_status\":\"PUBLISHED\"}"),
          of(
              "flows/ENDPOINT_AVAILABILITY",
              "{\"event\":\"ENDPOINT_AVAILABILITY\",\"message\":\"Endpoint below 90 percent\",\"flow_id\":\"$number\",\"alert_state\":\"ACTIVATED\",\"availability\":75,\"threshold\":90}"),
          of(
              "message_template_components_update",
              "{"
                  + TEMPLATE
                  + ",\"message_template_element\":\"Hello, {{1}}\",\"message_template_footer\":\"Bye\",\"message_template_buttons\":[{\"message_template_button_type\":\"URL\",\"message_template_button_text\":\"Open\",\"message_template_button_url\":\"https://example.org\"}]}"),
          of(
              "message_template_quality_update",
              "{"
                  + TEMPLATE
                  + ",\"previous_quality_score\":\"GREEN\",\"new_quality_score\":\"YELLOW\"}"),
          of(
              "message_template_status_update",
              "{"
                  + TEMPLATE
                  + ",\"event\":\"APPROVED\",\"reason\":null,\"message_template_category\":\"UTILITY\"}"),
          of(
              "message_template_status_update/REJECTED",
              "{"
                  + TEMPLATE
                  + ",\"event\":\"REJECTED\",\"reason\":\"INVALID_FORMAT\",\"rejection_info\":{\"reason\":\"Variables stand side by side\",\"recommendation\":\"Put a word between\"}}"),
          new OfField(
              "partner_solutions",
              "partner_solutions",
              Level.PORTFOLIO,
              "{\"event\":\"SOLUTION_CREATED\",\"solution_id\":\"$number\",\"solution_status\":\"INITIATED\"}"),
          of(
              "payment_configuration_update",
              "{\"configuration_name\":\"pay-$letters\",\"provider_name\":\"razorpay\",\"provider_mid\":\"$hex\",\"status\":\"Needs Testing\",\"created_timestamp\":$time,\"updated_timestamp\":$time}"),
          of(
              "phone_number_name_update",
              "{\"display_phone_number\":\"$display\",\"decision\":\"APPROVED\",\"requested_verified_name\":\"Shop $letters\",\"rejection_reason\":null}"),
          of(
              "phone_number_quality_update",
              "{\"display_phone_number\":\"$display\",\"event\":\"THROUGHPUT_UPGRADE\",\"current_limit\":\"TIER_UNLIMITED\",\"max_daily_conversations_per_business\":\"TIER_UNLIMITED\"}"),
          of(
              "security",
              "{\"display_phone_number\":\"$display\",\"event\":\"PIN_CHANGED\",\"requester\":\"$number\"}"),
          of(
              "template_category_update",
              "{"
                  + TEMPLATE
                  + ",\"previous_category\":\"MARKETING\",\"new_category\":\"UTILITY\"}"),
          of(
              "template_correct_category_detection",
              "{" + TEMPLATE + ",\"category\":\"UTILITY\",\"correct_category\":\"MARKETING\"}"));

  private AccountFieldSamples() {}

  private static OfField of(String name, String value) {
    int slash = name.indexOf('/');
    String field = slash < 0 ? name : name.substring(0, slash);
    return new OfField(name, field, Level.ACCOUNT, value);
  }

  private static OfField event(String event, String members) {
    return of("account_update/" + event, "{\"event\":\"" + event + "\"" + members + "}");
  }

  private static OfField portfolio(String event) {
    return new OfField(
        "account_update/" + event,
        "account_update",
        Level.PORTFOLIO,
        """
        {"event":"%s","waba_info":{"waba_id":"$waba","owner_business_id":"$portfolio"}}"""
            .formatted(event));
  }
}
