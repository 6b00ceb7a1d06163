package dev.chasqui.app;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TextRule;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.alerts.AlertOperations;
import dev.chasqui.store.ResourceStore.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks stored secrets by the rules for setting them. A secret that would be refused now is left
/// out, an endpoint with such a secret is switched off; each is noted.
final class UsableSecrets {

  private final Dialects dialects;
  private final UnusableResources noted;

  UsableSecrets(Dialects dialects, UnusableResources noted) {
    this.dialects = dialects;
    this.noted = noted;
  }

  /// Those that can be used.
  List<Secret> of(List<Secret> stored) {
    List<Secret> usable = new ArrayList<>(stored.size());
    for (Secret secret : stored) {
      String resource = "secret " + secret.name() + " of " + secret.workspace();
      Optional<String> objection = objection(secret);
      if (objection.isEmpty()) {
        usable.add(secret);
      }
      if (secret.until() == null) {
        objection.ifPresentOrElse(
            it -> noted.note(secret.workspace(), resource, it), () -> noted.mended(resource));
      }
    }
    return List.copyOf(usable);
  }

  /// The endpoint as it can be used.
  Endpoint of(Endpoint endpoint) {
    Optional<String> objection = changed(endpoint);
    boolean isSwitchedOff = objection.isPresent() && !endpoint.identity().switched().isOff();
    return isSwitchedOff ? endpoint.switched(Endpoint.Switch.DISABLED) : endpoint;
  }

  /// Notes what is wrong with an endpoint now.
  ///
  /// @return the same, empty if nothing is
  Optional<String> changed(Endpoint endpoint) {
    Optional<String> objection =
        endpoint.access().secrets().stream()
            .flatMap(it -> objection(endpoint.dialect(), it).stream())
            .findFirst();
    String resource = resource(endpoint.id());
    objection.ifPresentOrElse(
        it -> noted.note(endpoint.workspace(), resource, "its secret " + it),
        () -> noted.mended(resource));
    return objection;
  }

  void deleted(EndpointId endpoint) {
    noted.mended(resource(endpoint));
  }

  private Optional<String> objection(Secret secret) {
    return secret.name().equals(AlertOperations.SECRET)
        ? objection(DialectName.STANDARD, secret.value())
        : Secrets.unusable(secret.name(), secret.value());
  }

  private Optional<String> objection(DialectName dialect, String secret) {
    return TextRule.objection(secret)
        .or(() -> dialects.find(dialect).flatMap(it -> it.secretObjection(secret)));
  }

  private static String resource(EndpointId endpoint) {
    return "endpoint " + endpoint;
  }
}
