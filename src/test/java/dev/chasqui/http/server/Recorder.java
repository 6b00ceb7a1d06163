package dev.chasqui.http.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what the server told.
final class Recorder implements ServerEvents {

  final List<String> answered = new CopyOnWriteArrayList<>();
  final List<Refusal> refused = new CopyOnWriteArrayList<>();

  @Override
  public void answered(String route, int status) {
    answered.add(route + " " + status);
  }

  @Override
  public void refused(Refusal why) {
    refused.add(why);
  }
}
