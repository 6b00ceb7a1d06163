package dev.chasqui.sim.graph;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.Item;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.Sample;
import dev.chasqui.sim.SignedWebhook;
import dev.chasqui.sim.WebhookFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.StringNode;

/// A Graph API on a free loopback port, as a client of the WhatsApp Business Platform sees it: it
/// takes messages, read marks, media and callbacks, and tells by signed webhooks what became of the
/// messages. It refuses what the public documentation does not have, and goes wrong as it is told
/// to. With the same seed, clock and order of requests it gives the same ids. Safe for use by many
/// threads.
///
/// ```
/// FakeGraph graph = FakeGraph.start(account, Clock.systemUTC(), new Random(1));
/// graph.callback(URI.create(gateway + "/webhooks/whatsapp"));
/// graph.conduct().usually(Reaction.take(Report.SENT, Report.DELIVERED));
/// graph.conduct().next("15550002222", 5, Reaction.take(Report.failed(131026)));
/// ```
public final class FakeGraph implements AutoCloseable {

  private static final int WAITING_CONNECTIONS = 1_024;
  private static final Duration LONGEST_HANG = Duration.ofMinutes(5);

  private final Account account;
  private final Conduct conduct = new Conduct();
  private final FakeGraphCallbacks callbacks = new FakeGraphCallbacks();
  private final MediaShelf media = new MediaShelf();
  private final WebhookFactory factory;
  private final ReportPost reports;
  private final FakeMessagesNode messages;
  private final CallbackNodes callbackNodes;
  private final AccountNodes accountNodes;
  private final GraphControl control;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile String accessToken;
  private volatile boolean requiresProof;

  private FakeGraph(Account account, Clock clock, RandomGenerator random, HttpServer server) {
    this.account = account;
    this.accessToken = account.accessToken();
    this.factory = new WebhookFactory(random, clock);
    this.reports = new ReportPost(callbacks, new AppSecret(account.appSecret()), clock);
    this.messages = new FakeMessagesNode(conduct, reports, this::wamid);
    this.callbackNodes = new CallbackNodes(callbacks, clock, account.appId());
    this.accountNodes = new AccountNodes(account.businesses());
    this.control = new GraphControl(this, account.businesses().getFirst());
    this.server = server;
  }

  /// The application and the businesses that it works for.
  ///
  /// @param accessToken what clients must send
  /// @param appSecret what webhooks are signed with
  public record Account(
      String appId, String accessToken, String appSecret, List<Business> businesses) {

    public Account {
      businesses = List.copyOf(businesses);
    }

    public static Account of(String accessToken, String appSecret, Business business) {
      return new Account("415500000000001", accessToken, appSecret, List.of(business));
    }

    @Override
    public String toString() {
      return "Account " + appId;
    }
  }

  /// Starts on a free loopback port.
  ///
  /// @throws UncheckedIOException if there is no free port
  public static FakeGraph start(Account account, Clock clock, RandomGenerator random) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      HttpServer server = HttpServer.create(address, WAITING_CONNECTIONS);
      FakeGraph graph = new FakeGraph(account, clock, random, server);
      server.setExecutor(graph.threads);
      server.createContext("/", graph::handle);
      server.start();
      return graph;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The base URL to use instead of `https://graph.facebook.com`.
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public Account account() {
    return account;
  }

  /// The rules by which it reacts to messages.
  public Conduct conduct() {
    return conduct;
  }

  /// Sets the application's callback without asking it for a challenge.
  public void callback(URI url) {
    callbacks.application(Optional.of(url));
  }

  /// From now on only this token is taken; others are answered with error 190.
  public void accessToken(String token) {
    accessToken = token;
  }

  /// From now on calls need an `appsecret_proof`, as those of an app with "Require App Secret".
  public void requireProof() {
    requiresProof = true;
  }

  /// Every well-formed request to send, taken or not, in order; the first 100,000.
  public List<SentMessage> messages() {
    return messages.asked();
  }

  /// Those to one recipient.
  public List<SentMessage> messagesTo(String recipient) {
    return messages().stream().filter(one -> one.recipient().equals(recipient)).toList();
  }

  /// Read marks and typing indicators, in order.
  public List<ReadMark> readMarks() {
    return messages.marks();
  }

  /// The webhooks that it posted, each once however often it had to be repeated; the first 10,000.
  public List<SignedWebhook> webhooks() {
    return reports.posted();
  }

  /// Puts a file there as if a user had sent it.
  ///
  /// @return its media id
  public String keep(String mediaType, Bytes content) {
    return media.put("", mediaType, content);
  }

  /// A user writes to a business. Returns when the callback has it or is given up.
  ///
  /// @param waId digits
  public Platform.Result says(String waId, Business business, String text)
      throws InterruptedException {
    String body = Json.text(StringNode.valueOf(text)).replace("$", "\\u0024");
    Sample.OfMessage sample =
        new Sample.OfMessage("text", "text", "\"text\":{\"body\":" + body + "}");
    Item.Message message;
    synchronized (this) {
      message = factory.messageFrom(waId, sample, business);
    }
    return reports.post(message);
  }

  /// Waits until the reports of all messages so far are posted.
  ///
  /// @return false if that takes longer than the limit
  public boolean settle(Duration limit) throws InterruptedException {
    return reports.settle(limit);
  }

  private synchronized String wamid(String recipient) {
    return factory.wamid(recipient);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (outcome(exchange)) {
        case FakeMessagesNode.Answered answered -> answered.answer().write(exchange);
        case FakeMessagesNode.Silent silent -> {
          if (silent.isHanging()) {
            var _ = closed.await(LONGEST_HANG.toSeconds(), TimeUnit.SECONDS);
          }
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private FakeMessagesNode.Outcome outcome(HttpExchange exchange)
      throws IOException, InterruptedException {
    try {
      FakeGraphCall call = FakeGraphCall.read(exchange);
      if (GraphControl.isFor(call)) {
        return new FakeMessagesNode.Answered(control.answer(call));
      }
      if (!call.token().equals(accessToken)) {
        throw new GraphRefusal(GraphError.of(190));
      }
      checkProof(call);
      return call.isBelowNode("messages") && call.method().equals("POST")
          ? messages.post(MessageBody.read(call), business(call.node()))
          : new FakeMessagesNode.Answered(answer(call));
    } catch (GraphRefusal e) {
      return new FakeMessagesNode.Answered(FakeGraphAnswer.error(e.error(), trace()));
    } catch (ProblemException _) {
      GraphError error = GraphError.of(100).because("the query is not valid");
      return new FakeMessagesNode.Answered(FakeGraphAnswer.error(error, trace()));
    }
  }

  private void checkProof(FakeGraphCall call) {
    if (!requiresProof || call.path().getFirst().equals("whatsapp_business")) {
      return;
    }
    SigningKey key = SigningKey.of(account.appSecret());
    String right = HexFormat.of().formatHex(key.hmac(Bytes.utf8(accessToken)));
    if (!call.parameter("appsecret_proof").equals(right)) {
      throw GraphRefusal.of(100, "API calls from the server require an appsecret_proof argument");
    }
  }

  private FakeGraphAnswer answer(FakeGraphCall call) throws InterruptedException {
    if (call.path().getFirst().equals("whatsapp_business")) {
      return media.download(call.parameter("mid"));
    }
    if (call.path().size() == 2 && call.path().getLast().equals("debug_token")) {
      return accountNodes.debugToken(account.appId());
    }
    return call.isBelowNode() ? node(call) : edge(call);
  }

  private FakeGraphAnswer edge(FakeGraphCall call) throws InterruptedException {
    return switch (call.path().getLast()) {
      case "media" -> media.upload(call, business(call.node()).phoneNumberId());
      case "subscribed_apps" -> callbackNodes.subscribedApps(call, waba(call.node()));
      case "subscriptions" -> callbackNodes.subscriptions(call, account.appId());
      case "message_templates" -> {
        var _ = waba(call.node());
        yield accountNodes.templates(call);
      }
      case "phone_numbers" -> accountNodes.numbers(waba(call.node()));
      case "whatsapp_business_profile" -> accountNodes.profile(call, business(call.node()));
      default -> throw GraphRefusal.of(100, "Unsupported request");
    };
  }

  private FakeGraphAnswer node(FakeGraphCall call) throws InterruptedException {
    if (media.has(call.node())) {
      return file(call);
    }
    boolean isRead = call.method().equals("GET");
    boolean isAccount =
        account.businesses().stream().anyMatch(it -> it.wabaId().equals(call.node()));
    if (isAccount && isRead) {
      return accountNodes.account(call.node());
    }
    boolean isCallbacks = !isRead || call.parameter("fields").contains("webhook_configuration");
    return isCallbacks
        ? callbackNodes.phoneNumber(call, business(call.node()))
        : accountNodes.number(call, business(call.node()));
  }

  private FakeGraphAnswer file(FakeGraphCall call) {
    media.refuseUnlessOf(call.node(), call.parameter("phone_number_id"));
    return call.method().equals("DELETE")
        ? media.delete(call.node())
        : media.metadata(call.node(), url());
  }

  private Business business(String phoneNumberId) {
    return account.businesses().stream()
        .filter(business -> business.phoneNumberId().equals(phoneNumberId))
        .findFirst()
        .orElseThrow(() -> GraphRefusal.of(100, "Object with this id does not exist"));
  }

  private String waba(String id) {
    return account.businesses().stream()
        .map(Business::wabaId)
        .filter(id::equals)
        .findFirst()
        .orElseThrow(() -> GraphRefusal.of(803, "Some of the aliases you requested do not exist"));
  }

  private String trace() {
    return "A" + wamid("trace").hashCode();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
    reports.close();
  }
}
