package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files through a whole gateway: to the simulated platform, and to one that misbehaves.
@Timeout(180)
class MediaIT {

  private static final long BIG = 60L << 20;
  private static final String NUMBER = "106540352242922";

  /// Where a client of Turn's API, and one of the Graph API, finds a file.
  private static final String TURNS = "/v1/media/7";

  private static final String GRAPHS = "/v24.0/7/content";

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aFileGoesUpComesDownAndIsForgotten() {
    try (TurnTown town = new TurnTown(folder, Map.of())) {
      Exchange turn = town.client(town.token("api"));
      Exchange.Answered up = typed(turn, "image/png").post("/v1/media", "\u0089PNG not really");
      assertThat(up.status()).isEqualTo(201);
      String id = up.json().path("media").path(0).path("id").stringValue("");
      assertThat(up.text()).isEqualTo("{\"media\":[{\"id\":\"" + id + "\"}]}");
      Exchange.Answered down = turn.get("/v1/media/" + id);
      assertThat(down.status()).isEqualTo(200);
      assertThat(down.text()).isEqualTo("\u0089PNG not really");
      assertThat(down.header("Content-Type")).isEqualTo("image/png");
      assertThat(turn.delete("/v1/media/" + id).text()).isEqualTo("{}");
      assertThat(turn.get("/v1/media/" + id).status()).isEqualTo(404);
      assertThat(turn.delete("/v1/media/" + id).status()).isEqualTo(404);
      assertThat(turn.get("/v1/media/..%2F7").status()).isEqualTo(404);
    }
  }

  @Test
  void aCloudApiClientTakesAFileUpAsItAlwaysDid() {
    try (TurnTown town = new TurnTown(folder, Map.of())) {
      String form =
          String.join(
              "\r\n",
              "--b",
              "Content-Disposition: form-data; name=\"messaging_product\"",
              "",
              "whatsapp",
              "--b",
              "Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"",
              "Content-Type: image/png",
              "",
              "not really",
              "--b--",
              "");
      Exchange cloud =
          town.client(town.token("api")).with("Content-Type", "multipart/form-data; boundary=b");
      String path = "/v21.0/" + TurnTown.SHOP.phoneNumberId() + "/media";
      Exchange.Answered up = cloud.post(path, form);
      assertThat(up.status()).isEqualTo(200);
      String id = up.json().path("id").stringValue("");
      assertThat(cloud.get("/v1/media/" + id).text()).isEqualTo("not really");
      assertThat(cloud.post("/v21.0/1/media", form).status()).isEqualTo(403);
      assertThat(cloud.with("Content-Type", "image/png").post(path, "x").text())
          .contains("(#100) The body must be multipart/form-data");
      assertThat(cloud.post(path, "--b--").text()).contains("messaging_product");
    }
  }

  @Test
  void whoMayNotIsToldSo() {
    try (TurnTown town = new TurnTown(folder, Map.of("turn.rateLimit.media", "1"))) {
      assertThat(town.client("nonsense").get("/v1/media/7").status()).isEqualTo(403);
      Exchange turn = town.client(town.token("api"));
      assertThat(turn.get("/v1/media/7").header("X-Ratelimit-Bucket")).isEqualTo("media");
      assertThat(turn.get("/v1/media/7").status()).isEqualTo(429);
    }
  }

  @Test
  void whatWhatsAppDoesNotTakeIsRefusedInWords() throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of("media.maxBody", "64KiB"))) {
      String token = token(gateway);
      HttpResponse<String> form = post(gateway, token, "multipart/form-data; boundary=x", "x");
      assertThat(form.statusCode()).isEqualTo(415);
      assertThat(form.body()).contains("\"errors\":[{\"code\":415", "this is a form");
      assertThat(post(gateway, token, "application/zip", "x").body()).contains("audio/aac");
      HttpResponse<String> large = post(gateway, token, "video/mp4", "x".repeat(70_000));
      assertThat(large.statusCode()).isEqualTo(413);
      assertThat(large.body()).contains("video may have 65536 bytes at most");
      HttpResponse<String> unknownLength = stream(gateway, token, "image/webp", 70_000);
      assertThat(unknownLength.statusCode()).isEqualTo(413);
      assertThat(files.uploads.poll(60, TimeUnit.SECONDS)).isEqualTo("broken: GONE");
      files.refusal = 400;
      HttpResponse<String> refused = post(gateway, token, "image/png", "x");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("\"code\":131053,\"title\":\"No\"");
    }
  }

  /// If nothing held the caller back, all of it would leave the caller before anybody reads.
  @Test
  void aBigFileIsNeverInMemory() throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of())) {
      files.readsAtOnce = false;
      Zeros zeros = new Zeros(BIG);
      HttpRequest request =
          request(gateway, token(gateway), "application/pdf")
              .POST(HttpRequest.BodyPublishers.ofInputStream(() -> zeros))
              .build();
      CompletableFuture<HttpResponse<String>> answer =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
      assertThat(zeros.awaitStop()).isLessThan(BIG * 3 / 4);
      files.mayRead.countDown();
      assertThat(answer.get(120, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
      String upload = files.uploads.poll(60, TimeUnit.SECONDS);
      assertThat(Long.parseLong(upload.split(" ", 2)[0])).isGreaterThan(BIG);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TURNS, GRAPHS})
  void aBigFileComesDown(String way) throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of())) {
      files.pieces = (int) (BIG / FileTown.PIECE);
      try (InputStream down = get(gateway, token(gateway), way).body()) {
        assertThat(down.transferTo(java.io.OutputStream.nullOutputStream())).isEqualTo(BIG);
      }
      assertThat(files.downloads.poll(60, TimeUnit.SECONDS)).isEqualTo("given");
    }
  }

  @Test
  void aCallerWhoGoesAwayInTheMiddleEndsTheUploadUpstream() throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of())) {
      URI url = URI.create(gateway.publicUrl());
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        String beginning =
            String.join(
                "\r\n",
                "POST /v1/media HTTP/1.1",
                "Host: a",
                "Authorization: Bearer " + token(gateway),
                "Content-Type: image/png",
                "Content-Length: 100000",
                "",
                "only this");
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(files.uploads.poll(60, TimeUnit.SECONDS)).isEqualTo("broken: GONE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TURNS, GRAPHS})
  void aCallerWhoGoesAwayInTheMiddleEndsTheDownloadUpstream(String way) throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of())) {
      files.pieces = (int) (BIG / FileTown.PIECE);
      try (InputStream down = get(gateway, token(gateway), way).body()) {
        assertThat(down.readNBytes(10)).hasSize(10);
      }
      assertThat(files.downloads.poll(60, TimeUnit.SECONDS)).isEqualTo("broken: GONE");
    }
  }

  @Test
  void anUpstreamThatBreaksInTheMiddleIsNoSuccess() throws Exception {
    try (FileTown files = new FileTown();
        Gateway gateway = start(files, Map.of())) {
      String token = token(gateway);
      files.breaksInTheMiddle = true;
      assertThat(post(gateway, token, "image/png", "x".repeat(100_000)).statusCode())
          .isEqualTo(503);
      for (String way : new String[] {TURNS, GRAPHS}) {
        assertThat(isWhole(gateway, token, way)).as(way).isFalse();
      }
      files.breaksInTheMiddle = false;
      for (String way : new String[] {TURNS, GRAPHS}) {
        assertThat(isWhole(gateway, token, way)).as(way).isTrue();
      }
    }
  }

  /// The platform's word for where a file is must not lead the token, or the gateway, elsewhere.
  @Test
  void anAddressThatIsNotThePlatformsIsNotCalled() throws Exception {
    try (FileTown files = new FileTown();
        Town other = new Town();
        Gateway gateway = start(files, Map.of())) {
      for (String address :
          new String[] {
            other.url(),
            "http://lookaside.fbsbx.com/x",
            "https://fbsbx.com.evil.example/",
            "nonsense"
          }) {
        files.address = address;
        assertThat(get(gateway, token(gateway), TURNS).statusCode()).isEqualTo(503);
        assertThat(get(gateway, token(gateway), GRAPHS).statusCode()).isEqualTo(500);
      }
    }
  }

  /// The connection may end before the head of the answer, in its middle, or after a refusal.
  private boolean isWhole(Gateway gateway, String token, String way) throws Exception {
    try {
      HttpResponse<InputStream> down = get(gateway, token, way);
      return down.statusCode() == 200 && down.body().readAllBytes().length > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Exchange typed(Exchange turn, String type) {
    return turn.with("Content-Type", type);
  }

  private HttpResponse<InputStream> get(Gateway gateway, String token, String way)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + way))
            .header("Authorization", "Bearer " + token)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  private HttpResponse<String> post(Gateway gateway, String token, String type, String body)
      throws Exception {
    return client.send(
        request(gateway, token, type).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// In chunks, so that nobody knows how long it is.
  private HttpResponse<String> stream(Gateway gateway, String token, String type, int length)
      throws Exception {
    return client.send(
        request(gateway, token, type)
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[length])))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(Gateway gateway, String token, String type) {
    return HttpRequest.newBuilder(URI.create(gateway.publicUrl() + "/v1/media"))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", type);
  }

  private static String token(Gateway gateway) throws Exception {
    try (Exchange operator = new Exchange(gateway.adminUrl())) {
      return operator
          .as(Caller.ADMIN_TOKEN)
          .post("/api/v1/tokens", "{\"kind\":\"api\",\"phoneNumberId\":\"%s\"}".formatted(NUMBER))
          .json()
          .path("token")
          .stringValue("");
    }
  }

  private Gateway start(FileTown files, Map<String, String> more) {
    return LocalGateway.start(
        folder, more, new LocalGateway.Upstream(files.url(), "EAA-of-the-tests"));
  }

  /// So many zeros, made as they are read.
  private static final class Zeros extends InputStream {

    private static final Duration QUIET = Duration.ofSeconds(1);

    private final long length;
    private final AtomicLong read = new AtomicLong();

    Zeros(long length) {
      this.length = length;
    }

    @Override
    public int read() {
      return read.get() < length ? (int) (read.incrementAndGet() * 0) : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) {
      int now = (int) Math.min(most, length - read.get());
      read.addAndGet(now);
      return now == 0 ? -1 : now;
    }

    /// Waits until somebody has begun to read and nobody has gone on for a while.
    long awaitStop() {
      long before = -1;
      long since = System.nanoTime();
      while (before <= 0 || System.nanoTime() - since < QUIET.toNanos()) {
        if (read.get() != before) {
          before = read.get();
          since = System.nanoTime();
        }
        LockSupport.parkNanos(2_000_000);
      }
      return before;
    }
  }
}
