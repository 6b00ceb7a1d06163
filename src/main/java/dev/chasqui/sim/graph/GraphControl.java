package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Platform;
import java.util.List;

/// Lets somebody with a shell tell the simulated platform what to do, below `/sim`, where the real
/// one has nothing:
///
/// * `POST /sim/users/{wa_id}/reaction` `{"reports":["sent","delivered"]}`, `{"fails":131026}`
///   (taken, then a status `failed`) or `{"refuses":131026}`: how messages to this user end;
/// * `POST /sim/users/{wa_id}/says` `{"text":"…"}`: the user writes to the first business.
final class GraphControl {

  private final FakeGraph graph;
  private final Business business;

  GraphControl(FakeGraph graph, Business business) {
    this.graph = graph;
    this.business = business;
  }

  static boolean isFor(FakeGraphCall call) {
    return call.path().getFirst().equals("sim");
  }

  FakeGraphAnswer answer(FakeGraphCall call) throws InterruptedException {
    boolean isUser = call.path().size() == 4 && call.path().get(1).equals("users");
    if (!isUser || !call.method().equals("POST")) {
      throw GraphRefusal.of(100, "the simulator can do reaction and says to users");
    }
    String user = call.path().get(2);
    JsonBody body = MessageCheck.parse(call.body());
    return switch (call.path().get(3)) {
      case "reaction" -> react(user, body);
      case "says" -> say(user, body);
      default -> throw GraphRefusal.of(100, "the simulator can do reaction and says to users");
    };
  }

  private FakeGraphAnswer react(String user, JsonBody body) {
    graph.conduct().always(user, reaction(body));
    return FakeGraphAnswer.SUCCESS;
  }

  private static Reaction reaction(JsonBody body) {
    if (body.has("refuses")) {
      return Reaction.refuse(code(body, "refuses"));
    }
    if (body.has("fails")) {
      return Reaction.take(GraphReport.failed(code(body, "fails")));
    }
    List<GraphReport> reports = body.texts("reports").stream().map(GraphReport::of).toList();
    return Reaction.take(reports.toArray(GraphReport[]::new));
  }

  private static int code(JsonBody body, String name) {
    try {
      return GraphError.of((int) body.whole(name).orElse(0)).code();
    } catch (IllegalArgumentException _) {
      throw GraphRefusal.of(100, name + " is no code that the simulator knows");
    }
  }

  private FakeGraphAnswer say(String user, JsonBody body) throws InterruptedException {
    Platform.Result result = graph.says(user, business, body.text("text").orElse("Hello"));
    JsonWriter json = new JsonWriter(32).beginObject().name("answered").number(result.status());
    return FakeGraphAnswer.json(200, json.endObject().bytes());
  }
}
