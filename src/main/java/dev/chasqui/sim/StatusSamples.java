package dev.chasqui.sim;

import dev.chasqui.sim.Sample.OfStatus;
import java.util.List;

/// What `statuses[]` can say of a message, one sample for each status and each variant.
final class StatusSamples {

  private static final String PRICING =
      """
      "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"%s"}""";

  static final List<OfStatus> ALL =
      List.of(
          of("sent", PRICING.formatted("utility") + ",\"biz_opaque_callback_data\":\"campaign-7\""),
          of(
              "sent/free_entry_point",
              """
              "conversation":{"id":"$hex","expiration_timestamp":"$later","origin":{"type":"referral_conversion"}},\
              "pricing":{"billable":false,"pricing_model":"PMP","type":"free_entry_point",\
              "category":"referral_conversion"}"""),
          of("delivered", PRICING.formatted("authentication-international")),
          of(
              "delivered/group",
              """
              "recipient_type":"group","recipient_participant_id":"15550004444",\
              "recipient_participant_user_id":"US.00000000000000004444",\
              "pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"group_utility"}"""),
          of("read", ""),
          of("played", ""),
          of(
              "failed",
              """
              "errors":[{"code":131026,"title":"Message undeliverable","message":"Message undeliverable",\
              "error_data":{"details":"Message Undeliverable."},\
              "href":"https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"}]"""),
          of("deleted", ""),
          of(
              "warning",
              """
              "errors":[{"code":131060,"title":"This message was not seen","message":"Not seen yet"}]"""),
          payment("captured", "success"),
          payment("pending", "pending"),
          payment("failed", "failed"),
          of("teleported", "\"note\":\"a status that nobody knows yet\""));

  private StatusSamples() {}

  private static OfStatus of(String name, String members) {
    int slash = name.indexOf('/');
    return new OfStatus(name, slash < 0 ? name : name.substring(0, slash), members);
  }

  private static OfStatus payment(String status, String transaction) {
    return new OfStatus(
        "payment/" + status,
        status,
        """
        "type":"payment","payment":{"reference_id":"order-17","amount":{"value":2150,"offset":100},\
        "currency":"INR","transaction":{"id":"$hex","type":"upi","status":"%s",\
        "created_timestamp":"$time","updated_timestamp":"$time"}}"""
            .formatted(transaction));
  }
}
