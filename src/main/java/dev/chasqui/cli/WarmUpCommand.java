package dev.chasqui.cli;

import dev.chasqui.app.Gateway;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsLoader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/// Runs a gateway on scratch data for some webhooks and ends it. The launcher does this once after
/// a build, so that the JVM can note what is loaded and what is hot (JEP 514, 515), and later
/// starts are quick. Its receiver is the gateway itself: a delivery comes back as a repeat and ends
/// there.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

  private static final String FREE_PORT = "127.0.0.1:0";
  private static final String SECRET = "warm-up";
  private static final int CALLERS = 8;
  private static final int WEBHOOKS_EACH = 500;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("chasqui-warm-up");
    Map<String, String> flags =
        Map.of(
            "data", scratch.toString(),
            "public.address", FREE_PORT,
            "admin.address", FREE_PORT,
            "admin.token", SECRET,
            "outbound.allow", "127.0.0.0/8");
    Settings settings = new SettingsLoader(Map.of()).flags(flags).load();
    try (Gateway gateway = Gateway.start(settings, Map.of("WEBHOOK_SIGNING_SECRET", SECRET));
        HttpClient client = HttpClient.newHttpClient()) {
      register(client, gateway);
      post(client, URI.create(gateway.publicUrl() + "/webhooks/whatsapp"));
      return 0;
    } finally {
      delete(scratch);
    }
  }

  private static void register(HttpClient client, Gateway gateway)
      throws IOException, InterruptedException {
    String app =
        "{\"id\":\"1\",\"callbackUrl\":\"%s/webhooks/meta\",\"verifyToken\":\"t\",\"skipHandshake\":true}"
            .formatted(gateway.publicUrl());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.adminUrl() + "/api/v1/app"))
            .header("Authorization", "Bearer " + SECRET)
            .PUT(HttpRequest.BodyPublishers.ofString(app))
            .build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private static void post(HttpClient client, URI receiver) throws InterruptedException {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      String prefix = "wamid.warm-up." + i + ".";
      callers.add(Thread.ofVirtual().start(() -> post(client, receiver, prefix)));
    }
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void post(HttpClient client, URI receiver, String prefix) {
    SigningKey key = SigningKey.of(SECRET);
    try {
      for (int i = 0; i < WEBHOOKS_EACH; i++) {
        Bytes body = message(prefix + i);
        HttpRequest request =
            HttpRequest.newBuilder(receiver)
                .header("Content-Type", "application/json")
                .header("X-Hub-Signature-256", Signatures.sign(key, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the gateway does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Bytes message(String wamid) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"100","changes":[{"field":"messages",\
        "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550000000",\
        "phone_number_id":"200"},"contacts":[{"profile":{"name":"Warm-up"},"wa_id":"15550000001"}],\
        "messages":[{"from":"15550000001","id":"%s","timestamp":"1717000000","type":"text",\
        "text":{"body":"Warm-up."}}]}}]}]}\
        """
            .formatted(wamid));
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
