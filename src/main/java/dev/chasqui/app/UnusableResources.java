package dev.chasqui.app;

import dev.chasqui.model.Unusable;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What of the store can be read and not be used: by the rules of now nobody could set it. Each is
/// left out or switched off alone, is logged once, and is the matter of an alert until it is set
/// anew.
final class UnusableResources {

  private static final System.Logger LOG = System.getLogger(UnusableResources.class.getName());

  private final Map<String, Unusable> noted = new ConcurrentHashMap<>();

  /// @param reason without the value
  void note(WorkspaceId workspace, String resource, String reason) {
    if (noted.put(resource, new Unusable(workspace, resource, reason)) == null) {
      LOG.log(System.Logger.Level.ERROR, resource + " cannot be used: " + reason);
    }
  }

  /// The resource was set anew or deleted.
  void mended(String resource) {
    noted.remove(resource);
  }

  List<Unusable> all() {
    return List.copyOf(noted.values());
  }
}
