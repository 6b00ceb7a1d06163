package dev.chasqui.projection;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Subscriptions;
import java.util.List;
import java.util.Optional;

/// A dialect with a bug, until it is mended: it falls over one message.
final class PoisonDialect implements Dialect {

  static final String POISON = "wamid.POISON";

  private final Dialect sound = new StandardDialect();
  volatile boolean isMended;

  @Override
  public List<List<Notification>> units(List<Notification> selected) {
    for (Notification item : selected) {
      boolean isPoison = item instanceof Notification.Message m && POISON.equals(m.wamid());
      if (isPoison && !isMended) {
        throw new IllegalStateException("falls over the message of 5511999");
      }
    }
    return sound.units(selected);
  }

  @Override
  public DialectName name() {
    return sound.name();
  }

  @Override
  public Policy defaults() {
    return sound.defaults();
  }

  @Override
  public Optional<String> secretObjection(String secret) {
    return sound.secretObjection(secret);
  }

  @Override
  public String newSecret(byte[] random) {
    return sound.newSecret(random);
  }

  @Override
  public boolean speaksOf(Notification item) {
    return sound.speaksOf(item);
  }

  @Override
  public Subscriptions subscriptions() {
    return sound.subscriptions();
  }

  @Override
  public List<String> subscriptionsOf(Notification item) {
    return sound.subscriptionsOf(item);
  }

  @Override
  public Rendered render(Outgoing delivery) {
    return sound.render(delivery);
  }
}
