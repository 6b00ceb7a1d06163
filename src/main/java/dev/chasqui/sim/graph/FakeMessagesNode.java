package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Takes messages, or does not, as it is told to, and remembers them.
final class FakeMessagesNode {

  private static final int MAX_KEPT = 100_000;
  private static final String PAGE =
      "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

  private final Conduct conduct;
  private final ReportPost reports;
  private final UnaryOperator<String> ids;
  private final List<SentMessage> asked = new ArrayList<>();
  private final List<ReadMark> marks = new ArrayList<>();

  /// @param ids a new message id for a recipient
  FakeMessagesNode(Conduct conduct, ReportPost reports, UnaryOperator<String> ids) {
    this.conduct = conduct;
    this.reports = reports;
    this.ids = ids;
  }

  /// What the server does with the connection.
  sealed interface Outcome {}

  /// An answer is written.
  record Answered(FakeGraphAnswer answer) implements Outcome {}

  /// Nothing is written, at once or while the client waits.
  record Silent(boolean isHanging) implements Outcome {}

  synchronized List<SentMessage> asked() {
    return List.copyOf(asked);
  }

  synchronized List<ReadMark> marks() {
    return List.copyOf(marks);
  }

  /// @throws GraphRefusal if the request is not well formed
  Outcome post(JsonBody body, Business business) {
    if (MessageCheck.isReadMark(body)) {
      keep(MessageCheck.readMark(body, business.phoneNumberId()));
      return new Answered(FakeGraphAnswer.SUCCESS);
    }
    SentMessage message = MessageCheck.message(body, business.phoneNumberId());
    return switch (conduct.to(message.recipient())) {
      case Reaction.Take take -> take(take, message, business);
      case Reaction.Refuse refuse -> refuse(refuse, message);
      case Reaction.Break broken -> breakOff(broken, message, business);
    };
  }

  private Outcome take(Reaction.Take take, SentMessage message, Business business) {
    SentMessage taken = taken(message);
    if (take.isReportedFirst()) {
      reports.now(taken, business, take.reports());
    } else {
      reports.later(taken, business, take.reports());
    }
    return new Answered(FakeGraphAnswer.json(200, document(taken)));
  }

  private Outcome refuse(Reaction.Refuse refuse, SentMessage message) {
    keep(message);
    throw new GraphRefusal(refuse.error());
  }

  private Outcome breakOff(Reaction.Break broken, SentMessage message, Business business) {
    if (broken.isTaken()) {
      reports.later(taken(message), business, broken.reports());
    } else {
      keep(message);
    }
    return switch (broken.manner()) {
      case HANG -> new Silent(true);
      case RESET -> new Silent(false);
      case HTML -> new Answered(FakeGraphAnswer.of(502, "text/html", Bytes.utf8(PAGE)));
      case EMPTY -> new Answered(FakeGraphAnswer.of(500, "text/plain", Bytes.EMPTY));
    };
  }

  private SentMessage taken(SentMessage message) {
    SentMessage taken = message.withId(ids.apply(message.recipient()));
    keep(taken);
    return taken;
  }

  private synchronized void keep(SentMessage message) {
    if (asked.size() < MAX_KEPT) {
      asked.add(message);
    }
  }

  private synchronized void keep(ReadMark mark) {
    if (marks.size() < MAX_KEPT) {
      marks.add(mark);
    }
  }

  private static Bytes document(SentMessage message) {
    Optional<String> given =
        Optional.of(message.body().path("to").asString("")).filter(to -> !to.isEmpty());
    JsonWriter json = new JsonWriter(256).beginObject().member("messaging_product", "whatsapp");
    json.name("contacts").beginArray().beginObject();
    json.member("input", given.orElse(message.recipient()));
    json.member(message.isToUserId() ? "user_id" : "wa_id", message.recipient());
    json.endObject().endArray().name("messages").beginArray().beginObject();
    json.member("id", message.wamid());
    if (message.type().equals("template")) {
      json.member("message_status", "accepted");
    }
    return json.endObject().endArray().endObject().bytes();
  }
}
