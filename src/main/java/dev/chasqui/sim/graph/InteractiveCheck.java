package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonBody;
import java.util.List;
import java.util.Set;

/// The shapes of `interactive`: buttons and lists to the letter, the others as far as all share it.
final class InteractiveCheck {

  private static final int MAX_BODY = 4_096;
  private static final int MAX_BUTTONS = 3;
  private static final int MAX_TITLE = 20;
  private static final int MAX_ROWS = 10;
  private static final int MAX_ROW_TITLE = 24;
  private static final int MAX_SHORT_TEXT = 60;

  private static final Set<String> TYPES =
      Set.of(
          "address_message",
          "button",
          "call_permission_request",
          "carousel",
          "catalog_message",
          "cta_url",
          "flow",
          "list",
          "location_request_message",
          "order_details",
          "order_status",
          "product",
          "product_list",
          "request_contact_info",
          "voice_call");

  private InteractiveCheck() {}

  static void check(JsonBody content) {
    content.allowOnly(Set.of("type", "header", "body", "footer", "action"));
    String type = content.required("type");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      content.problem("type", "is not one of the known ones");
    }
    if (!type.equals("product")) {
      required(content, "body.text", MAX_BODY);
    }
    content.object("footer").ifPresent(footer -> required(footer, "text", MAX_SHORT_TEXT));
    content.object("header").ifPresent(InteractiveCheck::header);
    if (!content.has("action")) {
      content.problem("action", "is missing");
      return;
    }
    content.object("action").ifPresent(action -> action(action, type));
  }

  private static void header(JsonBody header) {
    String type = header.required("type");
    if (type.equals("text")) {
      required(header, "text", MAX_SHORT_TEXT);
    } else if (!Set.of("image", "video", "document").contains(type)) {
      header.problem("type", "is not one of the known ones");
    }
  }

  private static void action(JsonBody action, String type) {
    switch (type) {
      case "button" -> buttons(action);
      case "list" -> rows(action);
      default -> {}
    }
  }

  private static void buttons(JsonBody action) {
    List<JsonBody> buttons = action.objects("buttons");
    if (buttons.isEmpty() || buttons.size() > MAX_BUTTONS) {
      action.problem("buttons", "must be 1 to " + MAX_BUTTONS);
    }
    for (JsonBody button : buttons) {
      button.required("type");
      button.required("reply.id");
      required(button, "reply.title", MAX_TITLE);
    }
  }

  private static void rows(JsonBody action) {
    required(action, "button", MAX_TITLE);
    int count = 0;
    for (JsonBody section : action.objects("sections")) {
      for (JsonBody row : section.objects("rows")) {
        count++;
        row.required("id");
        required(row, "title", MAX_ROW_TITLE);
      }
    }
    if (count == 0 || count > MAX_ROWS) {
      action.problem("sections", "must have 1 to " + MAX_ROWS + " rows");
    }
  }

  private static void required(JsonBody body, String name, int max) {
    if (body.required(name).length() > max) {
      body.problem(name, "is longer than " + max + " characters");
    }
  }
}
