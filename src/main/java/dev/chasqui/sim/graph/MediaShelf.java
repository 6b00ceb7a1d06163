package dev.chasqui.sim.graph;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Media that clients uploaded, or that users sent: metadata by id, bytes by the address in it.
/// Both want the bearer token.
final class MediaShelf {

  private static final int MAX_FILES = 1_000;
  private static final long FIRST_ID = 715_500_000_000_000L;

  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong(FIRST_ID);

  private record File(String owner, String mediaType, Bytes content) {}

  /// @param owner the number that it was uploaded to, empty if any may have it
  /// @return the id
  String put(String owner, String mediaType, Bytes content) {
    if (files.size() >= MAX_FILES) {
      throw GraphRefusal.of(131000, "the simulator keeps no more files");
    }
    String id = Long.toString(last.incrementAndGet());
    files.put(id, new File(owner, mediaType, content));
    return id;
  }

  boolean has(String id) {
    return files.containsKey(id);
  }

  FakeGraphAnswer upload(FakeGraphCall call, String owner) {
    Map<String, Multipart.Part> parts = Multipart.read(call.mediaType(), call.body());
    Multipart.Part file = parts.get("file");
    Multipart.Part product = parts.get("messaging_product");
    String named = product == null ? call.parameter("messaging_product") : product.text();
    if (!named.equals("whatsapp")) {
      throw GraphRefusal.of(131008, "messaging_product is missing");
    }
    if (file == null) {
      throw GraphRefusal.of(131008, "file is missing");
    }
    Multipart.Part type = parts.get("type");
    String mediaType = type == null ? file.mediaType() : type.text();
    if (mediaType.isEmpty()) {
      throw GraphRefusal.of(131008, "type is missing");
    }
    String id = put(owner, mediaType, file.content());
    return FakeGraphAnswer.json(
        200, new JsonWriter(48).beginObject().member("id", id).endObject().bytes());
  }

  /// Refuses a file of another number, where the call names one.
  void refuseUnlessOf(String id, String phoneNumberId) {
    String owner = file(id).owner();
    if (!phoneNumberId.isEmpty() && !owner.isEmpty() && !owner.equals(phoneNumberId)) {
      throw GraphRefusal.of(100, "there is no such media object");
    }
  }

  FakeGraphAnswer metadata(String id, URI base) {
    File file = file(id);
    JsonWriter json = new JsonWriter(256).beginObject().member("messaging_product", "whatsapp");
    json.member("url", base + "/whatsapp_business/attachments/?mid=" + id);
    json.member("mime_type", file.mediaType()).member("sha256", sha256(file.content()));
    json.name("file_size").number(file.content().length()).member("id", id);
    return FakeGraphAnswer.json(200, json.endObject().bytes());
  }

  FakeGraphAnswer download(String id) {
    File file = file(id);
    return FakeGraphAnswer.of(200, file.mediaType(), file.content());
  }

  FakeGraphAnswer delete(String id) {
    var _ = file(id);
    files.remove(id);
    return FakeGraphAnswer.SUCCESS;
  }

  private File file(String id) {
    File file = files.get(id);
    if (file == null) {
      throw GraphRefusal.of(100, "there is no such media object");
    }
    return file;
  }

  private static String sha256(Bytes content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.array(), content.offset(), content.length());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
