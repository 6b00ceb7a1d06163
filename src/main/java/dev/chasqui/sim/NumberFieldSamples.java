package dev.chasqui.sim;

import dev.chasqui.sim.Sample.Level;
import dev.chasqui.sim.Sample.OfField;
import java.util.List;

/// Samples of the fields that are about one phone number: those with `metadata`, and the two that
/// name the number elsewhere. `consumer_profile`, `message_echoes` and `tracking_events` have no
/// published shape; theirs is a guess, there to see that a guess does no harm.
final class NumberFieldSamples {

  private static final String HEAD =
      """
      "messaging_product":"whatsapp","metadata":{"display_phone_number":"$display",\
      "phone_number_id":"$phone"}""";
  private static final String CONTACTS =
      """
      "contacts":[{"profile":{"name":"$name","username":"$username"},"wa_id":"$wa","user_id":"$bsuid"}]""";
  private static final String ECHO =
      """
      {"from":"$display","to":"$wa","to_user_id":"$bsuid","id":"$wamid","timestamp":"$time",""";

  static final List<OfField> ALL =
      List.of(
          of(
              "messages/errors",
              """
              "errors":[{"code":130429,"title":"Rate limit hit","message":"Rate limit hit",\
              "error_data":{"details":"Too many messages at once: $hex"},"href":"https://errors.example/130429"}]"""),
          of(
              "messages/user_actions",
              """
              "user_actions":[{"action_type":"marketing_messages_link_click","timestamp":"$time",\
              "marketing_messages_link_click_data":{"click_component":"cta","product_id":"sku-17",\
              "click_id":"$hex","tracking_token":"$hex"}}]"""),
          of(
              "messages/conversation_context",
              CONTACTS
                  + """
                  ,"conversation_context":{"type":"summary","summary":{"text":"Asked for a price"}},\
                  "messages":[{"from":"$wa","from_user_id":"$bsuid","id":"$wamid","timestamp":"$time",\
                  "type":"text","text":{"body":"$text"}}]"""),
          of(
              "automatic_events",
              """
              "automatic_events":[{"id":"$wamid","event_name":"Purchase","timestamp":$time,\
              "ctwa_clid":"$hex","custom_data":{"currency":"USD","value":12.5}}]"""),
          call("connect", "\"session\":{\"sdp_type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}"),
          call(
              "terminate",
              "\"status\":\"COMPLETED\",\"start_time\":\"$time\",\"end_time\":\"$later\",\"duration\":42"),
          call("call_created", "\"biz_opaque_callback_data\":\"desk-3\""),
          call("call_recording_available", "\"call_recording\":{\"id\":\"$media\"}"),
          call("call_transcription_available", "\"call_transcript\":{\"id\":\"$media\"}"),
          of(
              "calls/status",
              """
              "statuses":[{"id":"wacid.$hex","type":"call","status":"RINGING","timestamp":"$time",\
              "recipient_id":"$wa","recipient_user_id":"$bsuid"}]"""),
          of("consumer_profile", CONTACTS),
          of(
              "group_lifecycle_update",
              """
              "groups":[{"timestamp":"$time","group_id":"$group","type":"group_create","request_id":"$hex",\
              "subject":"Runners","invite_link":"https://chat.example/$hex","join_approval_mode":"auto_approve"}]"""),
          of(
              "group_participants_update",
              """
              "groups":[{"timestamp":"$time","group_id":"$group","type":"group_participants_add",\
              "reason":"invite_link","added_participants":[{"wa_id":"$wa"}]}]"""),
          of(
              "group_settings_update",
              """
              "groups":[{"timestamp":"$time","group_id":"$group","type":"group_settings_update",\
              "request_id":"$hex","group_subject":{"text":"Runners","update_successful":true}}]"""),
          of(
              "group_status_update",
              """
              "groups":[{"timestamp":"$time","group_id":"$group","type":"group_suspend"}]"""),
          of(
              "history",
              """
              "history":[{"metadata":{"phase":0,"chunk_order":1,"progress":40},"threads":[{"id":"$wa",\
              "context":{"wa_id":"$wa","user_id":"$bsuid","username":"$username"},"messages":[{"from":"$wa",\
              "id":"$wamid","timestamp":"$time","type":"text","text":{"body":"$text"},\
              "history_context":{"status":"READ"}}]}]}]"""),
          of(
              "history/declined",
              """
              "history":[{"errors":[{"code":2593109,"title":"History sync is turned off by the business",\
              "message":"History sync is turned off by the business $hex"}]}]"""),
          of(
              "message_echoes",
              "\"message_echoes\":[" + ECHO + "\"type\":\"text\",\"text\":{\"body\":\"$text\"}}]"),
          of(
              "smb_message_echoes",
              "\"message_echoes\":[" + ECHO + "\"type\":\"text\",\"text\":{\"body\":\"$text\"}}]"),
          of(
              "smb_message_echoes/revoke",
              "\"message_echoes\":["
                  + ECHO
                  + "\"type\":\"revoke\",\"revoke\":{\"original_message_id\":\"$older\"}}]"),
          of(
              "smb_app_state_sync",
              """
              "state_sync":[{"type":"contact","contact":{"full_name":"$name Mayta","first_name":"$name",\
              "phone_number":"$wa","user_id":"$bsuid"},"action":"add","metadata":{"timestamp":"$time"}}]"""),
          of(
              "standby",
              "\"standby\":{"
                  + CONTACTS
                  + """
                  ,"messages":[{"from":"$wa","id":"$wamid","timestamp":"$time","type":"text",\
                  "text":{"body":"$text"}}]}"""),
          of(
              "user_id_update",
              CONTACTS
                  + """
                  ,"user_id_update":[{"wa_id":"$wa","detail":"The user has another id",\
                  "user_id":{"previous":"$bsuid","current":"US.9$number"},"timestamp":"$time"}]"""),
          of(
              "user_preferences",
              CONTACTS
                  + """
                  ,"user_preferences":[{"wa_id":"$wa","user_id":"$bsuid","detail":"User asked for no more",\
                  "category":"marketing_messages","value":"stop","timestamp":$time}]"""),
          of("tracking_events", "\"tracking_events\":[{\"id\":\"$hex\",\"timestamp\":\"$time\"}]"),
          bare(
              "account_settings_update",
              """
              {"messaging_product":"whatsapp","timestamp":"$time","type":"phone_number_settings",\
              "phone_number_settings":{"phone_number_id":"$phone","calling":{"status":"ENABLED",\
              "call_icon_visibility":"DEFAULT","callback_permission_status":"DISABLED",\
              "sip":{"status":"ENABLED","servers":[{"hostname":"$letters.example"}]}}}}"""),
          bare(
              "messaging_handovers",
              """
              {"messaging_product":"whatsapp","sender":{"phone_number":"$wa"},\
              "recipient":{"phone_number_id":"$phone","display_phone_number":"$display"},\
              "type":"control_passed","timestamp":"$time","control_passed":{\
              "previous_owner_role":"ai_agent","new_owner_role":"escalation","metadata":"$hex"}}"""),
          of(
              "quipu_knots",
              "\"knots\":[{\"id\":\"$hex\",\"note\":\"a field that nobody knows yet\"}]"));

  private NumberFieldSamples() {}

  private static OfField of(String name, String members) {
    return bare(name, "{" + HEAD + "," + members + "}");
  }

  private static OfField bare(String name, String value) {
    int slash = name.indexOf('/');
    String field = slash < 0 ? name : name.substring(0, slash);
    return new OfField(name, field, Level.NUMBER, value);
  }

  private static OfField call(String event, String members) {
    return of(
        "calls/" + event,
        """
        "calls":[{"id":"wacid.$hex","from":"$wa","from_user_id":"$bsuid","to":"$display","event":"%s",\
        "direction":"USER_INITIATED","timestamp":"$time",%s}]"""
            .formatted(event, members));
  }
}
