package dev.chasqui.api.graph;

import dev.chasqui.api.media.MediaAnswer;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.api.media.MediaUpstream.Ask;
import dev.chasqui.api.media.MediaUpstream.Owner;
import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.client.StreamAnswer;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.http.client.StreamResult;
import dev.chasqui.http.server.BodySink;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamLimits;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Passes calls of the Graph API that the gateway has no part in on to upstream, with the
/// workspace's access token in place of the client's: fields of numbers and accounts, templates,
/// media, and what else the operator allows ([PassRules]). What is about callbacks is answered
/// here.
///
/// Answers of edges go through piece by piece. Those of nodes are read, since a file's `url` is
/// told as an address of this gateway: the platform's own takes its token only.
final class PassThrough {

  private static final System.Logger LOG = System.getLogger(PassThrough.class.getName());

  /// Clients of Turn's API ask for templates under it; the platform's versions are newer.
  private static final String TURNS_VERSION = "v3.3";

  private static final String DEBUG_TOKEN = "debug_token";
  private static final String NUMBER_PARAMETER = "phone_number_id";

  /// Headers of the platform's that clients read: how much of their rates is used, when to retry.
  private static final List<String> PASSED_HEADERS =
      List.of("Retry-After", "X-App-Usage", "X-Business-Use-Case-Usage", "X-FB-Trace-ID");

  private final GraphGate gate;
  private final PassRules rules;
  private final OwnNodes own;
  private final GraphApi.Messaging ports;
  private final FileAddresses addresses;

  PassThrough(
      GraphGate gate,
      PassRules rules,
      OwnNodes own,
      FileAddresses addresses,
      GraphApi.Messaging ports) {
    this.gate = gate;
    this.rules = rules;
    this.own = own;
    this.ports = ports;
    this.addresses = addresses;
  }

  StreamLimits limits() {
    MediaUpstream media = ports.media();
    return new StreamLimits(
        ports.passing().maxBody(), media.settings().deadline(), media.settings().stall());
  }

  /// A call about a node: `/{version}/{node}`.
  void node(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    reply.send(
        gate.guarded(
            () -> {
              GraphCall call = call(head, body);
              String method = call.parameters().method(head.method());
              PassRules.Node node = rules.node(call, id(call));
              return isOwn(call, node, method)
                  ? own.answer(call, method)
                  : passNode(call, node, method);
            }));
  }

  private boolean isOwn(GraphCall call, PassRules.Node node, String method) {
    boolean isPassed = rules.allowsNode(node, method) && isOpen(call);
    boolean isKnown = node.number().isPresent() || method.equals("POST");
    return own.isAbout(call, method) || (!isPassed && isKnown && !method.equals("DELETE"));
  }

  private boolean isOpen(GraphCall call) {
    return ports.media().isOpenFor(call.workspace());
  }

  /// A call about an edge: `/{version}/{node}/{edge}`.
  void edge(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    Opened opened = new Opened();
    Response answer =
        gate.guarded(
            () -> {
              String edge = head.parameter("edge");
              Optional<Owner> holder = holder(head, edge);
              if (holder.isPresent()) {
                return file(holder.get(), head.parameter("node"), opened);
              }
              GraphCall call = call(head, body);
              String method = call.parameters().method(head.method());
              PassRules.Node node = rules.node(call, id(call));
              return edge.equals(FileAddresses.CONTENT) && method.equals("GET")
                  ? file(owner(call, rules.ofFile(call, node)), node.id(), opened)
                  : passEdge(
                      call, rules.ofEdge(call, node, edge, method), node.id() + "/" + edge, opened);
            });
    opened.passTo(reply, answer);
  }

  /// `/{version}/debug_token`.
  void debugToken(Request head, Pieces body, StreamReply reply) throws InterruptedException {
    Opened opened = new Opened();
    Response answer =
        gate.guarded(
            () -> {
              GraphCall call = call(head, body);
              call.refuseUnlessManaging();
              Optional<Response> told = own.debugged(call);
              return told.isPresent()
                  ? told.get()
                  : passEdge(call, rules.ofWord(call, DEBUG_TOKEN), DEBUG_TOKEN, opened);
            });
    opened.passTo(reply, answer);
  }

  private GraphCall call(Request head, Pieces body) throws InterruptedException {
    Request whole =
        new Request(
            head.method(),
            head.path(),
            head.pathParameters(),
            head.query(),
            head.headers(),
            read(body),
            head.source());
    GraphParameters parameters = GraphParameters.of(whole);
    return new GraphCall(
        whole, parameters, gate.caller(head.headers(), parameters, GraphEdge.EVERYBODY));
  }

  private Bytes read(Pieces body) throws InterruptedException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try {
      for (Bytes piece = body.next(); piece != null; piece = body.next()) {
        whole.write(piece.array(), piece.offset(), piece.length());
      }
    } catch (BrokenStreamException e) {
      if (e.fault() == Fault.TOO_LARGE) {
        throw GraphException.parameter(
            "The body may have " + ports.passing().maxBody() + " bytes (setting graph.maxBody)");
      }
      throw e;
    }
    return Bytes.of(whole.toByteArray());
  }

  /// The owner of the ticket in a file's address.
  private Optional<Owner> holder(Request head, String edge) {
    String ticket = head.query().first(FileAddresses.TICKET);
    boolean isFile = edge.equals(FileAddresses.CONTENT) && head.method().equals("GET");
    return isFile && ticket != null
        ? addresses.owner(ticket, head.parameter("node"))
        : Optional.empty();
  }

  private static Owner owner(GraphCall call, PassRules.Pass pass) {
    return new Owner(call.workspace(), pass.onlyNumber());
  }

  private static String id(GraphCall call) {
    return call.id("node");
  }

  private Response passNode(GraphCall call, PassRules.Node node, String method)
      throws InterruptedException {
    PassRules.Pass pass = rules.ofNode(call, node, method);
    Asked asked = new Asked(call, method, pass.onlyNumber());
    MediaAnswer answer =
        ports.media().document(call.workspace(), asked.ask(version(call) + "/" + node.id()));
    if (!(answer instanceof MediaAnswer.Told told)) {
      tell(call, pass, method, 0);
      throw unanswered(call.workspace());
    }
    tell(call, pass, method, told.status());
    boolean isFile = told.document().has("url") && told.document().has("mime_type");
    if (pass.onlyNumber() != null && method.equals("GET") && told.isDone() && !isFile) {
      throw GraphException.permission();
    }
    Bytes document = told.body();
    if (told.document() instanceof ObjectNode object && told.isDone() && method.equals("GET")) {
      if (isFile) {
        Owner owner = owner(call, pass);
        object.put("url", addresses.of(call.request(), version(call), owner, node.id()));
      }
      own.addConfiguration(call, node, object);
      document = Json.bytes(object);
    }
    Response passed = Response.json(told.status(), document);
    return told.retryAfter() == null ? passed : passed.with("Retry-After", told.retryAfter());
  }

  private Response passEdge(GraphCall call, PassRules.Pass pass, String below, Opened opened)
      throws InterruptedException {
    String method = call.parameters().method(call.request().method());
    Ask ask = new Asked(call, method, null).ask(version(call) + "/" + below);
    StreamResult streamed = ports.media().exchange(call.workspace(), ask);
    if (!(streamed instanceof StreamResult.Answered(StreamAnswer answer))) {
      tell(call, pass, method, 0);
      throw unanswered(call.workspace());
    }
    tell(call, pass, method, answer.status());
    opened.set(answer);
    String type = answer.header("Content-Type");
    Response begun =
        Response.of(
            statusFor(call, method, answer.status()),
            type == null ? "application/json" : type,
            Bytes.EMPTY);
    for (String name : PASSED_HEADERS) {
      String value = answer.header(name);
      begun = value == null ? begun : begun.with(name, value);
    }
    return withLength(begun, answer);
  }

  /// Turn answers 201 to what was made, and its clients wait for that.
  private static int statusFor(GraphCall call, String method, int status) {
    boolean isMade = status == 200 && method.equals("POST");
    return isMade && TURNS_VERSION.equals(call.version()) ? 201 : status;
  }

  private Response file(Owner owner, String mediaId, Opened opened) throws InterruptedException {
    MediaAnswer answer = ports.media().download(owner, mediaId);
    return switch (answer) {
      case MediaAnswer.Silent _ -> {
        ports.passing().events().passed(PassRules.MEDIA, 0);
        throw unanswered(owner.workspace());
      }
      case MediaAnswer.Told told -> {
        ports.passing().events().passed(PassRules.MEDIA, told.status());
        yield Response.json(told.status(), told.body());
      }
      case MediaAnswer.Content content -> {
        ports.passing().events().passed(PassRules.MEDIA, 200);
        opened.set(content.answer());
        Response found =
            Response.of(200, content.type(), Bytes.EMPTY)
                .with("X-Content-Type-Options", "nosniff")
                .with("Cache-Control", "private");
        yield withLength(found, content.answer());
      }
    };
  }

  private static Response withLength(Response begun, StreamAnswer answer) {
    String length = answer.header("Content-Length");
    return length == null ? begun : begun.with("Content-Length", length);
  }

  private String version(GraphCall call) {
    String version = call.version();
    boolean isTurns = TURNS_VERSION.equals(version);
    return version == null || isTurns ? ports.media().settings().version() : version;
  }

  private GraphException unanswered(WorkspaceId workspace) {
    return ports.media().isOpenFor(workspace)
        ? GraphException.temporary()
        : GraphException.unsupported(
            "This gateway has no meta-access-token to call the Graph API with: the operator sets"
                + " it with PUT /api/v1/secrets/meta-access-token");
  }

  /// Counts a call; one that may change something is written to the log as well.
  ///
  /// @param status 0 if there was no answer
  private void tell(GraphCall call, PassRules.Pass pass, String method, int status) {
    ports.passing().events().passed(pass.name(), status);
    if (!method.equals("GET")) {
      LOG.log(
          System.Logger.Level.INFO,
          "passed on to the Graph API: {0} {1} in workspace {2} by {3}, answered {4}",
          method,
          pass.name(),
          call.workspace(),
          call.caller().token() == null
              ? call.caller().kind().name().toLowerCase(Locale.ROOT)
              : call.caller().token(),
          status == 0 ? "nothing" : Integer.toString(status));
    }
  }

  /// A call to upstream.
  ///
  /// @param onlyNumber the number that the object must belong to, null for any
  private record Asked(GraphCall call, String method, @Nullable String onlyNumber) {

    /// @param path with the version
    Ask ask(String path) {
      Bytes body = call.request().body();
      if (body.length() == 0) {
        return Ask.of(method, path, query());
      }
      Bytes document =
          GraphParameters.ofBody(body, call.request().headers().first("Content-Type")).document();
      return new Ask(
          method,
          path,
          query(),
          Map.of("Content-Type", "application/json"),
          new Upload(document.length(), Pieces.of(document)));
    }

    private String query() {
      List<UrlEncodedForm.Pair> pairs =
          new ArrayList<>(
              OwnNodes.withoutConfiguration(
                  UrlEncodedForm.readPairs(GraphParameters.handedOn(call.request().query()))));
      if (onlyNumber != null) {
        pairs.removeIf(pair -> pair.name().equals(NUMBER_PARAMETER));
        pairs.add(new UrlEncodedForm.Pair(NUMBER_PARAMETER, onlyNumber));
      }
      return pairs.stream().map(UrlEncodedForm.Pair::encoded).collect(Collectors.joining("&"));
    }
  }

  /// An answer of upstream's that is still to be read.
  private static final class Opened {

    private @Nullable StreamAnswer answer;

    void set(StreamAnswer opened) {
      answer = opened;
    }

    /// A fault after the first piece ends the connection, so that no caller takes a part for the
    /// whole.
    void passTo(StreamReply reply, Response begun) throws InterruptedException {
      StreamAnswer opened = answer;
      if (opened == null) {
        reply.send(begun);
        return;
      }
      try (opened) {
        BodySink sink = reply.begin(begun);
        for (Bytes piece = opened.next(); piece != null; piece = opened.next()) {
          sink.write(piece);
        }
        sink.end();
      }
    }
  }
}
