package dev.chasqui.api.graph;

import dev.chasqui.http.Pieces;
import dev.chasqui.http.server.BodySink;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamHandler;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The graph as the calls of a batch see it: finds what answers a path, without a listener.
final class GraphTree {

  /// How long an answer may be that is put into a batch's.
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final Pattern PATH =
      Pattern.compile("/?(?:(v[0-9]+\\.[0-9]+)/)?([A-Za-z0-9_]+)(?:/([A-Za-z][A-Za-z0-9_]*))?/?");
  private static final Pattern VERSION = Pattern.compile("/?v[0-9]+\\.[0-9]+(/.*)?");

  private final GraphGate gate;
  private final Map<String, GraphEdge> edges;
  private final Map<String, StreamHandler> words;
  private final Others others;

  /// @param edges those that are answered from memory, by name
  /// @param words paths of one word
  GraphTree(
      GraphGate gate,
      Map<String, GraphEdge> edges,
      Map<String, StreamHandler> words,
      Others others) {
    this.gate = gate;
    this.edges = Map.copyOf(edges);
    this.words = Map.copyOf(words);
    this.others = others;
  }

  /// Answers all other nodes and edges.
  record Others(StreamHandler node, StreamHandler edge) {}

  /// A path with the version of the batch, unless it names one.
  static String versioned(String path, @Nullable String version) {
    String below = path.startsWith("/") ? path : "/" + path;
    return version == null || VERSION.matcher(path).matches() ? below : "/" + version + below;
  }

  Response answer(Request request) throws InterruptedException {
    return gate.guarded(() -> find(request));
  }

  private Response find(Request request) throws InterruptedException {
    Matcher path = PATH.matcher(request.path());
    if (!path.matches()) {
      throw GraphException.path("Unknown path components: there is no such node or edge");
    }
    String first = path.group(2);
    String edge = path.group(3);
    if (edge == null) {
      StreamHandler word = words.get(first);
      return stream(
          word == null ? others.node() : word, with(request, path, Map.of("node", first)));
    }
    if (edge.equals("media") && !request.method().equals("GET")) {
      throw GraphException.unsupported("Files are not taken in a batch");
    }
    Map<String, String> ids = new HashMap<>();
    for (String name : new String[] {"waba_id", "app_id", "phone_number_id", "node"}) {
      ids.put(name, first);
    }
    ids.put("edge", edge);
    GraphEdge known = edges.get(edge);
    return known == null
        ? stream(others.edge(), with(request, path, ids))
        : gate.answer(with(request, path, ids), known);
  }

  private static Request with(Request request, Matcher path, Map<String, String> names) {
    Map<String, String> parameters = new HashMap<>(names);
    if (path.group(1) != null) {
      parameters.put("version", path.group(1));
    }
    return new Request(
        request.method(),
        request.path(),
        parameters,
        request.query(),
        request.headers(),
        request.body(),
        request.source());
  }

  private static Response stream(StreamHandler handler, Request request)
      throws InterruptedException {
    Gathered gathered = new Gathered();
    try {
      handler.handle(request, Pieces.of(request.body()), gathered);
    } catch (ProblemException e) {
      throw GraphException.parameter(e.detail());
    } catch (RuntimeException | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a handler of the graph failed", e);
    }
    return gathered.whole();
  }

  /// An answer that is gathered in memory.
  private static final class Gathered implements StreamReply, BodySink {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable Response head;

    @Override
    public void send(Response response) {
      head = response;
    }

    @Override
    public BodySink begin(Response begun) {
      head = begun;
      return this;
    }

    @Override
    public void write(Bytes part) {
      if (body.size() + part.length() > MAX_ANSWER_BYTES) {
        throw GraphException.parameter(
            "The answer has more than " + MAX_ANSWER_BYTES + " bytes: call it outside a batch");
      }
      body.write(part.array(), part.offset(), part.length());
    }

    @Override
    public void end() {}

    Response whole() {
      Response begun = head;
      if (begun == null) {
        throw new IllegalStateException("no answer");
      }
      return body.size() == 0
          ? begun
          : new Response(begun.status(), begun.headers(), Bytes.of(body.toByteArray()));
    }
  }
}
