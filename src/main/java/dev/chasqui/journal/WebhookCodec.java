package dev.chasqui.journal;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The fields of a [Fact.WebhookReceived]. The body comes last and in one run, so that reading it
/// makes a view. Layout version 1 is for Meta's webhooks; version 2 adds the channel of the origin
/// and is written for all others.
final class WebhookCodec {

  static final int WITH_CHANNEL = 2;

  private static final int SIGNATURE_VALID = 1;
  private static final int PROCESSED = 2;
  private static final int DASHBOARD_TEST = 4;

  /// Versions that do not know the bit pass it over.
  private static final int LACKS_SECRET = 8;

  /// Room for the fields that are always small.
  private static final int SMALL_FIELDS_BYTES = 192;

  private static final int PER_HEADER_BYTES = 2 * FieldWriter.MAX_VARINT_BYTES;

  private WebhookCodec() {}

  /// About how many bytes they take; right for texts in ASCII.
  static int expected(Fact.WebhookReceived webhook) {
    int size = SMALL_FIELDS_BYTES + webhook.body().length() + webhook.head().query().length();
    for (Fact.Header header : webhook.head().headers()) {
      size += header.name().length() + header.value().length() + PER_HEADER_BYTES;
    }
    return size;
  }

  /// The version of the layout that a webhook is written in.
  static int version(Fact.WebhookReceived webhook) {
    return webhook.origin().channelOrigin() == null ? 1 : WITH_CHANNEL;
  }

  static void write(FieldWriter out, Fact.WebhookReceived webhook) {
    writeOrigin(out, webhook.origin());
    writeVerdicts(out, webhook.verdicts());
    writeHead(out, webhook.head());
    out.putBytes(webhook.bodySha256());
    out.putBytes(webhook.body());
  }

  static Fact.WebhookReceived read(FieldReader in, int version, EventId id, Instant at) {
    Fact.Origin origin = readOrigin(in, version);
    Fact.Verdicts verdicts = readVerdicts(in);
    Fact.Head head = readHead(in);
    Bytes sha256 = in.readBytes();
    return new Fact.WebhookReceived(id, at, origin, verdicts, head, sha256, in.readBytes());
  }

  private static void writeOrigin(FieldWriter out, Fact.Origin origin) {
    out.putText(origin.workspace().value());
    out.putText(origin.source());
    out.putNullableText(origin.deliveryId());
    Fact.ChannelOrigin channelOrigin = origin.channelOrigin();
    if (channelOrigin != null) {
      out.putNullableText(channelOrigin.authentication());
      out.putText(channelOrigin.channel().id());
      out.putNullableText(channelOrigin.channel().phoneNumberId());
      out.putNullableText(channelOrigin.channel().wabaId());
      out.putNullableText(channelOrigin.channel().displayPhoneNumber());
    }
  }

  private static Fact.Origin readOrigin(FieldReader in, int version) {
    WorkspaceId workspace = workspace(in.readText());
    String source = in.readText();
    String deliveryId = in.readNullableText();
    Fact.ChannelOrigin channelOrigin = version == WITH_CHANNEL ? readChannelOrigin(in) : null;
    return new Fact.Origin(workspace, source, deliveryId, channelOrigin);
  }

  private static Fact.ChannelOrigin readChannelOrigin(FieldReader in) {
    String authentication = in.readNullableText();
    SourceChannel channel =
        new SourceChannel(
            in.readText(), in.readNullableText(), in.readNullableText(), in.readNullableText());
    return new Fact.ChannelOrigin(authentication, channel);
  }

  private static void writeVerdicts(FieldWriter out, Fact.Verdicts verdicts) {
    Summary summary = verdicts.summary();
    out.putByte(
        (verdicts.signatureValid() ? SIGNATURE_VALID : 0)
            | (verdicts.processed() ? PROCESSED : 0)
            | (summary.contents().dashboardTest() ? DASHBOARD_TEST : 0)
            | (verdicts.lacksSecret() ? LACKS_SECRET : 0));
    out.putNullableText(summary.object());
    out.putVarint(summary.entries());
    out.putVarint(summary.changeCount());
    out.putText(summary.topic().wire());
    out.putVarint(summary.messageCount());
    out.putVarint(summary.statusCount());
    out.putVarint(summary.fields().size());
    for (String field : summary.fields()) {
      out.putText(field);
    }
  }

  private static Fact.Verdicts readVerdicts(FieldReader in) {
    int bits = in.readByte();
    String object = in.readNullableText();
    int entries = in.readVarint();
    int changes = in.readVarint();
    Topic topic = topic(in.readText());
    int messages = in.readVarint();
    int statuses = in.readVarint();
    List<String> fields = new ArrayList<>();
    for (int left = in.readCount(); left > 0; left--) {
      fields.add(in.readText());
    }
    Summary.Contents contents = new Summary.Contents(fields, (bits & DASHBOARD_TEST) != 0);
    Summary summary = new Summary(object, entries, changes, topic, messages, statuses, contents);
    return new Fact.Verdicts(
        (bits & SIGNATURE_VALID) != 0,
        (bits & PROCESSED) != 0,
        summary,
        (bits & LACKS_SECRET) != 0);
  }

  private static void writeHead(FieldWriter out, Fact.Head head) {
    out.putVarint(head.headers().size());
    for (Fact.Header header : head.headers()) {
      out.putText(header.name());
      out.putText(header.value());
    }
    out.putText(head.query());
  }

  private static Fact.Head readHead(FieldReader in) {
    List<Fact.Header> headers = new ArrayList<>();
    for (int left = in.readCount(); left > 0; left--) {
      headers.add(new Fact.Header(in.readText(), in.readText()));
    }
    return new Fact.Head(headers, in.readText());
  }

  private static WorkspaceId workspace(String name) {
    try {
      return name.equals(WorkspaceId.DEFAULT.value()) ? WorkspaceId.DEFAULT : new WorkspaceId(name);
    } catch (IllegalArgumentException e) {
      throw notAFact("the workspace's name", e);
    }
  }

  private static Topic topic(String wire) {
    try {
      return Topic.ofWire(wire);
    } catch (IllegalArgumentException e) {
      throw notAFact("the topic", e);
    }
  }

  private static JournalException notAFact(String what, IllegalArgumentException cause) {
    return new JournalException(
        JournalException.Kind.DAMAGED, "not a fact: bad value of " + what, cause);
  }
}
