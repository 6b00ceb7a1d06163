package dev.chasqui.routing;

import java.util.Set;
import java.util.TreeSet;

/// The fields of WhatsApp webhooks that Meta documents. What comes in under another name is passed
/// on all the same; the list tells a client what "all" means.
public final class WebhookFields {

  private static final Set<String> NOT_OVERRIDABLE =
      Set.of(
          "account_alerts",
          "account_review_update",
          "account_update",
          "automatic_events",
          "business_capability_update",
          "business_username_updates",
          "flows",
          "message_template_components_update",
          "message_template_quality_update",
          "message_template_status_update",
          "partner_solutions",
          "payment_configuration_update",
          "phone_number_name_update",
          "phone_number_quality_update",
          "security",
          "standby",
          "template_category_update",
          "template_correct_category_detection",
          "user_id_update",
          "user_preferences");

  private WebhookFields() {}

  /// All names, in alphabetical order.
  public static Set<String> all() {
    Set<String> all = new TreeSet<>(NOT_OVERRIDABLE);
    all.addAll(OverridableFields.NAMES);
    return all;
  }
}
