package dev.chasqui.http.client;

import dev.chasqui.model.SendResult.Failure;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Finds the addresses of a target and checks them. What is found here is what is connected to, so
/// that a name cannot change its meaning between the check and the connection.
final class Addresses {

  private final Resolver resolver;
  private final AddressGuard guard;

  Addresses(Resolver resolver, AddressGuard guard) {
    this.resolver = resolver;
    this.guard = guard;
  }

  sealed interface Found {}

  /// Addresses that may be connected to, best first.
  record Checked(List<InetAddress> addresses) implements Found {}

  /// No address of the name may be connected to, or it has none.
  record Refused(Failure failure, String why) implements Found {}

  Found find(Target.Url url, Duration limit) throws InterruptedException {
    InetAddress literal = url.literal();
    if (literal != null) {
      return check(List.of(literal));
    }
    return switch (resolver.resolve(url.name(), limit)) {
      case Resolver.Found found -> check(found.addresses());
      case Resolver.NotFound _ -> new Refused(Failure.UNRESOLVABLE, "the name does not exist");
      case Resolver.TemporaryFailure failure -> new Refused(Failure.RESOLVER_DOWN, failure.why());
    };
  }

  /// One refused address refuses the name: who mixes public and internal addresses is either
  /// mistaken about what is public or trying which of them we take.
  private Found check(List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      Optional<String> objection = guard.objection(address);
      if (objection.isPresent()) {
        return new Refused(Failure.ADDRESS_REFUSED, "leads to " + objection.get());
      }
    }
    return new Checked(addresses);
  }
}
