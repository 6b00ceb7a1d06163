package dev.chasqui.http.server;

import dev.chasqui.model.Cidr;
import java.net.InetAddress;
import java.util.List;

/// Tells who sent a request. Behind a trusted proxy that is the last address in `X-Forwarded-For`
/// that is no trusted proxy itself: what stands further left can be made up by the sender.
final class SourceAddress {

  private final List<Cidr> trusted;

  SourceAddress(List<Cidr> trusted) {
    this.trusted = trusted;
  }

  InetAddress of(InetAddress peer, Headers headers) {
    if (trusted.isEmpty() || !isTrusted(peer)) {
      return peer;
    }
    String[] hops = String.join(",", headers.all("X-Forwarded-For")).split(",", -1);
    InetAddress source = peer;
    for (int i = hops.length - 1; i >= 0 && isTrusted(source); i--) {
      String hop = hops[i].strip();
      if (hop.isEmpty()) {
        continue;
      }
      try {
        source = InetAddress.ofLiteral(hop);
      } catch (IllegalArgumentException e) {
        return source;
      }
    }
    return source;
  }

  boolean isTrusted(InetAddress address) {
    for (Cidr block : trusted) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
