package dev.chasqui.sim;

import dev.chasqui.sim.Sample.OfMessage;
import java.util.List;

/// The message types of field `messages`, one sample each and one more for each variant that
/// readers trip over. The texts hold what breaks parsers: escapes, umlauts, emoji, an escaped
/// slash.
final class MessageSamples {

  private static final String MEDIA = "\"id\":\"$media\",\"sha256\":\"$sha\",";
  private static final String URL =
      ",\"url\":\"https:\\/\\/lookaside.example\\/whatsapp\\/?mid=$media\"";

  static final List<OfMessage> ALL =
      List.of(
          of("text", "\"text\":{\"body\":\"$text\"}"),
          of(
              "text/reply",
              "\"context\":{\"from\":\"$display\",\"id\":\"$older\"},\"text\":{\"body\":\"Yes, please\"}"),
          of(
              "text/forwarded",
              "\"context\":{\"forwarded\":true},\"text\":{\"body\":\"See below\"}"),
          of(
              "text/frequently_forwarded",
              "\"context\":{\"frequently_forwarded\":true},\"text\":{\"body\":\"\\ud83d\\ude00 pass it on\"}"),
          of(
              "text/product_enquiry",
              """
              "context":{"from":"$display","id":"$older","referred_product":{"catalog_id":"$number",\
              "product_retailer_id":"sku-17"}},"text":{"body":"Is it there in blue?"}"""),
          of(
              "text/referral",
              """
              "referral":{"source_url":"https://ads.example/1","source_id":"$number","source_type":"ad",\
              "body":"Spring offer","headline":"Talk to us","media_type":"image",\
              "image_url":"https://ads.example/1.jpg","ctwa_clid":"$hex",\
              "welcome_message":{"text":"Hello, what can we do for you?"}},"text":{"body":"I saw the offer"}"""),
          of("text/group", "\"group_id\":\"$group\",\"text\":{\"body\":\"Hello, all\"}"),
          of(
              "image",
              "\"image\":{"
                  + MEDIA
                  + "\"mime_type\":\"image/jpeg\",\"caption\":\"$text\""
                  + URL
                  + "}"),
          of("video", "\"video\":{" + MEDIA + "\"mime_type\":\"video/mp4\"" + URL + "}"),
          of(
              "audio",
              "\"audio\":{" + MEDIA + "\"mime_type\":\"audio/mpeg\",\"voice\":false" + URL + "}"),
          of(
              "audio/voice",
              "\"audio\":{"
                  + MEDIA
                  + "\"mime_type\":\"audio/ogg; codecs=opus\",\"voice\":true"
                  + URL
                  + "}"),
          of("voice", "\"voice\":{" + MEDIA + "\"mime_type\":\"audio/ogg; codecs=opus\"}"),
          of(
              "document",
              "\"document\":{"
                  + MEDIA
                  + "\"mime_type\":\"application/pdf\",\"filename\":\"offer \\\"A\\\".pdf\",\"caption\":\"$text\""
                  + URL
                  + "}"),
          of(
              "sticker",
              "\"sticker\":{"
                  + MEDIA
                  + "\"mime_type\":\"image/webp\",\"animated\":true"
                  + URL
                  + "}"),
          of(
              "location",
              """
              "location":{"latitude":-13.5170887,"longitude":-71.9785356,"name":"Hatun Rumiyoq",\
              "address":"Cusco"}"""),
          of(
              "contacts",
              """
              "contacts":[{"name":{"formatted_name":"Qori Mayta","first_name":"Qori","last_name":"Mayta"},\
              "phones":[{"phone":"+1 555 000 2222","wa_id":"15550002222","type":"CELL"}],\
              "emails":[{"email":"qori@example.org","type":"WORK"}],\
              "addresses":[{"street":"Calle 1","city":"Cusco","country":"Peru","country_code":"pe","type":"HOME"}],\
              "urls":[{"url":"https://example.org","type":"WORK"}],"org":{"company":"Example","title":"Runner"},\
              "birthday":"1990-01-31"}]"""),
          of(
              "contacts/contact_request",
              """
              "contacts":[{"name":{"formatted_name":"Nina"},"phones":[{"phone":"15550002223","type":"CELL"}],\
              "vcard":"BEGIN:VCARD\\nEND:VCARD","origin":"contact_request"}]"""),
          of(
              "button",
              """
              "context":{"from":"$display","id":"$older"},"button":{"payload":"CONFIRM-17","text":"Confirm"}"""),
          interactive("button_reply", "{\"id\":\"yes\",\"title\":\"Yes\"}"),
          interactive(
              "list_reply",
              "{\"id\":\"row-2\",\"title\":\"Tuesday\",\"description\":\"10 to 12\"}"),
          interactive(
              "nfm_reply",
              "{\"name\":\"flow\",\"body\":\"Sent\",\"response_json\":\"{\\\"flow_token\\\":\\\"$hex\\\",\\\"size\\\":3}\"}"),
          interactive(
              "call_permission_reply",
              "{\"response\":\"accept\",\"expiration_timestamp\":\"$later\",\"response_source\":\"user_action\"}"),
          interactive(
              "payment_method",
              "{\"payment_method\":\"pix\",\"payment_timestamp\":\"$time\",\"reference_id\":\"order-17\"}"),
          of(
              "order",
              """
              "order":{"catalog_id":"$number","text":"As soon as you can","product_items":[\
              {"product_retailer_id":"sku-17","quantity":2,"item_price":12.5,"currency":"USD"},\
              {"product_retailer_id":"sku-18","quantity":"1","item_price":3,"currency":"USD"}]}"""),
          of("reaction", "\"reaction\":{\"message_id\":\"$older\",\"emoji\":\"\\ud83d\\udc4d\"}"),
          of("reaction/removed", "\"reaction\":{\"message_id\":\"$older\"}"),
          of(
              "system/user_changed_number",
              """
              "system":{"body":"$name changed from one number to another","wa_id":"15550003333",\
              "type":"user_changed_number"}"""),
          of(
              "system/customer_identity_changed",
              """
              "system":{"body":"$name's security code changed","type":"customer_identity_changed",\
              "identity":{"acknowledged":false,"created_timestamp":"$time","hash":"$hex"}}"""),
          of(
              "system/user_changed_user_id",
              """
              "system":{"body":"$name has another id","type":"user_changed_user_id",\
              "user_id":"US.90000000000000000001","parent_user_id":"US.ENT.90000000000000000001"}"""),
          of(
              "edit",
              """
              "edit":{"original_message_id":"$older","message":{"type":"text","text":{"body":"$text"}}}"""),
          of("revoke", "\"revoke\":{\"original_message_id\":\"$older\"}"),
          of(
              "unsupported",
              """
              "errors":[{"code":131051,"title":"Message type unknown","message":"Message type unknown",\
              "error_data":{"details":"Message type is currently not supported."}}],\
              "unsupported":{"type":"poll"}"""),
          of("request_welcome", ""),
          of("hologram", "\"hologram\":{\"depth\":3,\"note\":\"a type that nobody knows yet\"}"));

  private MessageSamples() {}

  private static OfMessage of(String name, String members) {
    int slash = name.indexOf('/');
    return new OfMessage(name, slash < 0 ? name : name.substring(0, slash), members);
  }

  private static OfMessage interactive(String kind, String reply) {
    return of(
        "interactive/" + kind,
        "\"context\":{\"from\":\"$display\",\"id\":\"$older\"},\"interactive\":{\"type\":\"%s\",\"%s\":%s}"
            .formatted(kind, kind, reply));
  }
}
