package dev.chasqui.app;

import dev.chasqui.model.Unusable;
import dev.chasqui.model.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Resources in the store that can be read but not used, since the present rules would refuse to
/// set them. Each is left out or switched off by itself, logged once, and the subject of an alert
/// until it is set anew.
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
