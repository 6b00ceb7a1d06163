package dev.chasqui.api.graph;

import dev.chasqui.operations.Caller;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Waba;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which calls are passed on to the Graph API, and for whom. The operator lists them by name; a
/// token of one phone number reaches that number, reads its account, and reaches its media.
final class PassRules {

  /// `GET` and `DELETE` of a file by its media id.
  static final String MEDIA = "media";

  /// `GET` of a phone number's fields.
  static final String NUMBER = "number";

  /// `GET` of an account's fields.
  static final String WABA = "waba";

  /// `POST` to a phone number: its settings, for example `pin`.
  static final String NUMBER_SETTINGS = "number_settings";

  /// Any other node: a template, a flow.
  static final String NODE = "node";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final Set<String> allowed;
  private final Accounts accounts;

  /// @throws IllegalArgumentException if a name can be no edge's
  PassRules(List<String> allowed, Accounts accounts) {
    for (String name : allowed) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "graph.passThrough: " + name + " is no name of an edge (small letters and _)");
      }
    }
    this.allowed = Set.copyOf(allowed);
    this.accounts = accounts;
  }

  /// The node that an id in the path stands for.
  ///
  /// @param number the number, if it is one of the workspace's
  /// @param waba the account, if it is one
  record Node(String id, Optional<PhoneNumber> number, Optional<Waba> waba) {}

  /// A call that may be passed on.
  ///
  /// @param name under which it is allowed, of a closed list
  /// @param onlyNumber the number that the platform must find the object at; null for any
  record Pass(String name, @Nullable String onlyNumber) {}

  /// @throws GraphException 200 if only another workspace has the id
  Node node(GraphCall call, String id) {
    Optional<PhoneNumber> number =
        accounts.reachedNumber(call.workspace(), id).or(() -> ownNumber(call, id));
    return new Node(
        id, number, number.isPresent() ? Optional.empty() : accounts.waba(call.workspace(), id));
  }

  /// The number of the caller's token, which may have had no webhook yet.
  private static Optional<PhoneNumber> ownNumber(GraphCall call, String id) {
    return id.equals(call.caller().phoneNumberId())
        ? Optional.of(new PhoneNumber(call.workspace(), id, null, null))
        : Optional.empty();
  }

  /// A call about a node itself.
  ///
  /// @throws GraphException 100 if the operator does not allow it, 200 if the token may not
  Pass ofNode(GraphCall call, Node node, String method) {
    String name = nameOf(node, method);
    if (!allowed.contains(name)) {
      boolean isUnknown = method.equals("GET") && node.waba().isEmpty();
      throw isUnknown
          ? GraphException.unknown("object", node.id())
          : GraphException.unsupported("Unsupported " + method + " request: " + hint(name));
    }
    refuseUnlessReached(call, node, name, method);
    return new Pass(name, name.equals(MEDIA) ? call.caller().phoneNumberId() : null);
  }

  /// A call about an edge of a node.
  ///
  /// @throws GraphException 100 if the operator does not allow it, 200 if the token may not
  Pass ofEdge(GraphCall call, Node node, String edge, String method) {
    refuseUnlessAllowed(edge);
    refuseUnlessReached(call, node, edge, method);
    return new Pass(edge, null);
  }

  /// A file's bytes.
  ///
  /// @throws GraphException 100 if the operator does not allow it, 200 if the id is another thing
  Pass ofFile(GraphCall call, Node node) {
    refuseUnlessAllowed(MEDIA);
    if (node.number().isPresent() || node.waba().isPresent()) {
      throw GraphException.parameter("The id " + node.id() + " is no media id");
    }
    return new Pass(MEDIA, call.caller().phoneNumberId());
  }

  /// A call without a node.
  ///
  /// @throws GraphException 100 if the operator does not allow it, 200 if the token may not
  Pass ofWord(GraphCall call, String word) {
    refuseUnlessAllowed(word);
    call.refuseUnlessManaging();
    return new Pass(word, null);
  }

  private String nameOf(Node node, String method) {
    boolean isRead = method.equals("GET");
    if (node.number().isPresent()) {
      return isRead ? NUMBER : NUMBER_SETTINGS;
    }
    if (node.waba().isPresent()) {
      return isRead ? WABA : NODE;
    }
    return method.equals("POST") || !allowed.contains(MEDIA) ? NODE : MEDIA;
  }

  /// Whether the operator allows a call about a node itself.
  boolean allowsNode(Node node, String method) {
    return allowed.contains(nameOf(node, method));
  }

  private void refuseUnlessAllowed(String edge) {
    if (!allowed.contains(edge)) {
      throw GraphException.path("Unknown path components: /" + edge + "; " + hint(edge));
    }
  }

  private String hint(String name) {
    return "this gateway does not pass on "
        + name
        + " (its setting graph.passThrough has "
        + String.join(", ", new TreeSet<>(allowed))
        + ")";
  }

  private void refuseUnlessReached(GraphCall call, Node node, String name, String method) {
    Caller caller = call.caller();
    boolean isFile = name.equals(MEDIA);
    if (!GraphEdge.MANAGERS.contains(caller.kind()) && !isFile) {
      throw GraphException.permission();
    }
    String only = caller.phoneNumberId();
    if (only == null || isFile) {
      return;
    }
    boolean isOwnNumber = only.equals(node.id());
    boolean isOwnAccount =
        method.equals("GET")
            && node.waba().isPresent()
            && accounts
                .number(call.workspace(), only)
                .filter(it -> node.id().equals(it.wabaId()))
                .isPresent();
    if (!isOwnNumber && !isOwnAccount) {
      throw GraphException.permission();
    }
  }
}
