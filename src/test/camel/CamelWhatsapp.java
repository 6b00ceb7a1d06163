import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.whatsapp.model.BaseMessage;
import org.apache.camel.component.whatsapp.model.Language;
import org.apache.camel.component.whatsapp.model.LocationMessage;
import org.apache.camel.component.whatsapp.model.LocationMessageRequest;
import org.apache.camel.component.whatsapp.model.MediaMessage;
import org.apache.camel.component.whatsapp.model.MediaMessageRequest;
import org.apache.camel.component.whatsapp.model.MessageResponse;
import org.apache.camel.component.whatsapp.model.TemplateMessage;
import org.apache.camel.component.whatsapp.model.TemplateMessageRequest;
import org.apache.camel.component.whatsapp.model.TextMessage;
import org.apache.camel.component.whatsapp.model.TextMessageRequest;
import org.apache.camel.component.whatsapp.model.UploadMedia;
import org.apache.camel.component.whatsapp.model.UploadMediaRequest;
import org.apache.camel.impl.DefaultCamelContext;

/// Camel's WhatsApp component: its producer sends each kind, its webhook is a callback of the
/// account and receives.
class CamelWhatsapp {

  private static final String GATEWAY = System.getenv("CHASQUI");
  private static final String TOKEN = System.getenv("TOKEN");
  private static final String PHONE = System.getenv("PHONE");
  private static final String WABA = System.getenv("WABA");
  private static final String USER = "51900000001";
  private static final long SECONDS = 30;

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();

  public static void main(String[] arguments) throws Exception {
    new CamelWhatsapp().run(freePort());
    System.out.println("all is as it should be");
    System.exit(0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void run(int port) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(routes(port));
      camel.start();
      ProducerTemplate producer = camel.createProducerTemplate();
      sendEachKind(producer);
      setCallback("http://127.0.0.1:" + port + "/camel-whatsapp/webhook");
      receive("hola Camel");
    }
  }

  private RouteBuilder routes(int port) {
    String options = "authorizationToken=" + TOKEN + "&baseUri=" + GATEWAY + "&apiVersion=v21.0";
    return new RouteBuilder() {
      @Override
      public void configure() {
        restConfiguration().component("netty-http").host("127.0.0.1").port(port);
        from("direct:send").to("whatsapp:" + PHONE + "?" + options);
        from("webhook:whatsapp:"
                + PHONE
                + "?"
                + options
                + "&webhookVerifyToken=verify-me&webhookComponentName=netty-http")
            .process(exchange -> received.add(exchange.getMessage().getBody(String.class)));
      }
    };
  }

  private static void sendEachKind(ProducerTemplate producer) {
    TextMessage text = new TextMessage();
    text.setBody("hola");
    TextMessageRequest textRequest = new TextMessageRequest();
    textRequest.setText(text);
    checkSent(producer, textRequest);

    Language language = new Language();
    language.setCode("en_US");
    TemplateMessage template = new TemplateMessage();
    template.setName("hello_world");
    template.setLanguage(language);
    TemplateMessageRequest templateRequest = new TemplateMessageRequest();
    templateRequest.setTemplate(template);
    checkSent(producer, templateRequest);

    LocationMessage place = new LocationMessage();
    place.setLatitude("-12.0464");
    place.setLongitude("-77.0428");
    place.setName("Lima");
    LocationMessageRequest location = new LocationMessageRequest();
    location.setLocation(place);
    location.setType("location");
    checkSent(producer, location);

    MediaMessage image = new MediaMessage();
    image.setId(upload(producer));
    checkSent(producer, new MediaMessageRequest("image", image));
  }

  private static String upload(ProducerTemplate producer) {
    UploadMediaRequest request = new UploadMediaRequest();
    byte[] picture = "not really".getBytes(StandardCharsets.UTF_8);
    request.setUploadMedia(
        new UploadMedia("a.png", new ByteArrayInputStream(picture), "image/png"));
    String id = producer.requestBody("direct:send", request, MessageResponse.class).getId();
    check(id != null, "an upload has an id");
    return id;
  }

  private static void checkSent(ProducerTemplate producer, BaseMessage message) {
    message.setTo(USER);
    MessageResponse answer = producer.requestBody("direct:send", message, MessageResponse.class);
    String id = answer.getMessages().getFirst().getId();
    check(id.startsWith("wamid."), message.getType() + " is sent");
  }

  private void setCallback(String url) throws Exception {
    String call = GATEWAY + "/v21.0/" + WABA + "/subscribed_apps";
    String body =
        "{\"override_callback_uri\":\"%s\",\"verify_token\":\"verify-me\"}".formatted(url);
    post(call, "{}", "Authorization", "Bearer " + TOKEN);
    String answer = post(call, body, "Authorization", "Bearer " + TOKEN);
    check(answer.contains("\"success\":true"), "the callback is verified: " + answer);
    String challenge = received.poll(SECONDS, TimeUnit.SECONDS);
    check(challenge != null && !challenge.startsWith("{"), "the handshake came: " + challenge);
  }

  private void receive(String words) throws Exception {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages",\
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550000001",\
        "phone_number_id":"%s"},"contacts":[{"profile":{"name":"Rosa"},"wa_id":"%s"}],"messages":[\
        {"from":"%s","id":"wamid.CAMEL","timestamp":"1750000000","type":"text",\
        "text":{"body":"%s"}}]}}]}]}\
        """
            .formatted(WABA, PHONE, USER, USER, words);
    String hook = GATEWAY + "/webhooks/whatsapp";
    post(hook, body, "X-Hub-Signature-256", "sha256=" + signature(body));
    String got = null;
    do {
      got = received.poll(SECONDS, TimeUnit.SECONDS);
      check(got != null, "the webhook comes");
    } while (!got.contains("wamid.CAMEL"));
    check(got.equals(body), "it comes as it was sent: " + got);
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = System.getenv("APP_SECRET").getBytes(StandardCharsets.UTF_8);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private String post(String url, String body, String header, String value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    check(answer.statusCode() == 200, "POST " + url + ": " + answer.body());
    return answer.body();
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
