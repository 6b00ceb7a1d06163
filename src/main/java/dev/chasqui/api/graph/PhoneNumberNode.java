package dev.chasqui.api.graph;

import dev.chasqui.json.Json;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Waba;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `/{phone_number_id}`: the override of a business phone number, set, told with the callbacks that
/// stand behind it, and cleared with the empty text (seed 001).
final class PhoneNumberNode {

  private static final String CONFIGURATION = "webhook_configuration";
  private static final String URI_PARAMETER = "override_callback_uri";
  private static final Set<String> MEMBERS = Set.of(URI_PARAMETER, "verify_token");

  private final Callbacks callbacks;
  private final Accounts accounts;
  private final CallbackCheck check;
  private final ResourceChanged changed;

  PhoneNumberNode(
      Callbacks callbacks, Accounts accounts, CallbackCheck check, ResourceChanged changed) {
    this.callbacks = callbacks;
    this.accounts = accounts;
    this.check = check;
    this.changed = changed;
  }

  ObjectNode post(GraphCall call) throws InterruptedException {
    String id = call.id("node");
    call.refuseUnlessFor(id);
    GraphParameters configuration =
        call.parameters()
            .object(CONFIGURATION)
            .orElseThrow(
                () ->
                    GraphException.parameter(
                        "Param "
                            + CONFIGURATION
                            + " is required: this gateway does not pass on other settings of a"
                            + " number (its setting graph.passThrough lacks "
                            + PassRules.NUMBER_SETTINGS
                            + ")"));
    String url = configuration.text(URI_PARAMETER);
    if (url == null) {
      throw GraphException.parameter("Param " + URI_PARAMETER + " is required");
    }
    PhoneNumber number = number(call.workspace(), id, accounts.isAnySubscribed(call.workspace()));
    if (url.isEmpty()) {
      configuration.allowOnly(MEMBERS);
      callbacks.clear(Callbacks.phoneNumber(call.workspace(), id));
      changed.changed();
    } else {
      override(number, url, configuration);
    }
    return GraphApi.success();
  }

  private void override(PhoneNumber number, String url, GraphParameters configuration)
      throws InterruptedException {
    String token = configuration.text("verify_token");
    URI callback =
        check.check(
            new CallbackCheck.Wanted(URI_PARAMETER, url, token, CallbackCheck.MAX_OVERRIDE));
    if (number.wabaId() != null || !accounts.isAnySubscribed(number.workspace())) {
      accounts.refuseUnlessSubscribed(wabaOf(number));
    }
    check.shakeHands(callback, token);
    callbacks.set(Callbacks.phoneNumber(number.workspace(), number.id()), callback);
    changed.changed();
  }

  ObjectNode get(GraphCall call) {
    String id = call.id("node");
    call.refuseUnlessFor(id);
    PhoneNumber number = number(call.workspace(), id, false);
    ObjectNode answer = Json.object();
    if (call.parameters().wants(CONFIGURATION)) {
      answer.set(CONFIGURATION, configuration(number));
    }
    String display = number.displayPhoneNumber();
    if (display != null && call.parameters().wants("display_phone_number")) {
      answer.put("display_phone_number", display);
    }
    answer.put("id", id);
    return answer;
  }

  /// The number of an id. One that no webhook has named yet is taken where an account is
  /// subscribed: its first webhook tells which account is its own, and until then nobody else's
  /// traffic is touched, since it is not written down as a number of the workspace.
  private PhoneNumber number(WorkspaceId workspace, String id, boolean mayBeNew) {
    accounts.refuseOthersNumber(workspace, id);
    accounts.refuseOtherKind(workspace, id, Accounts.Kind.PHONE_NUMBER);
    boolean isSet = callbacks.url(Callbacks.phoneNumber(workspace, id)).isPresent();
    return accounts
        .number(workspace, id)
        .or(() -> noneYet(workspace, id, mayBeNew || isSet))
        .orElseThrow(() -> GraphException.unknown("object", id));
  }

  private static Optional<PhoneNumber> noneYet(WorkspaceId workspace, String id, boolean isTaken) {
    return isTaken ? Optional.of(new PhoneNumber(workspace, id, null, null)) : Optional.empty();
  }

  /// Each callback of the chain, exactly if it is set.
  ObjectNode configuration(PhoneNumber number) {
    WorkspaceId workspace = number.workspace();
    ObjectNode configuration = Json.object();
    put(configuration, "phone_number", Callbacks.phoneNumber(workspace, number.id()));
    String waba = number.wabaId();
    if (waba != null) {
      put(configuration, "whatsapp_business_account", Callbacks.waba(workspace, waba));
    }
    put(configuration, "application", Callbacks.application(workspace));
    return configuration;
  }

  private void put(ObjectNode configuration, String name, Callbacks.Place place) {
    callbacks.url(place).ifPresent(url -> configuration.put(name, url.toString()));
  }

  private Optional<Waba> wabaOf(PhoneNumber number) {
    String id = number.wabaId();
    return id == null ? Optional.empty() : accounts.waba(number.workspace(), id);
  }
}
