package dev.chasqui.bench;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.sim.Business;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/// A server in a process of its own, and a generator pointed at it.
final class Rig implements AutoCloseable {

  private static final int BODY_BYTES = 1_200;
  private static final Duration SETTLE = Duration.ofMinutes(3);

  private final ChildProcess server;
  private final InetSocketAddress target;
  private final Clock clock;
  private final LoadGenerator generator;
  private final ProcessMeter meter;
  private final ProcessMeter own = new ProcessMeter(ProcessHandle.current().pid());

  /// @param server the process to load; closed with the rig
  /// @param secret what the webhooks are signed with
  Rig(ChildProcess server, String secret, SentTimes sentTimes, Clock clock) throws IOException {
    URI url = server.ready().publicUrl();
    RequestTemplate template =
        new RequestTemplate(url.getAuthority(), Business.SAMPLE, secret, BODY_BYTES);
    this.target = new InetSocketAddress(InetAddress.ofLiteral(url.getHost()), url.getPort());
    this.clock = clock;
    this.server = server;
    this.generator = new LoadGenerator(target, template, sentTimes, clock);
    this.meter = new ProcessMeter(server.pid());
  }

  /// Another generator pointed at the same server; the caller closes it.
  LoadGenerator generator(Requests requests, SentTimes sentTimes) throws IOException {
    return new LoadGenerator(target, requests, sentTimes, clock);
  }

  /// The server's host and port.
  String authority() {
    return target.getHostString() + ":" + target.getPort();
  }

  /// A run and what it cost.
  ///
  /// @param cpuMicros the server's processor time per acknowledged request
  /// @param ownCpuMicros the same of this process, generator and receivers
  /// @param diskBytes what was written to the machine's disks per acknowledged request
  record Measured(
      LoadGenerator.Result result, double cpuMicros, double ownCpuMicros, double diskBytes) {}

  /// Runs a load and measures what the server spends on it. A run that got other answers than 200
  /// is no measurement.
  Measured measure(Load load, int callers) throws IOException {
    return measure(generator, load, callers);
  }

  /// The same with another generator.
  Measured measure(LoadGenerator other, Load load, int callers) throws IOException {
    Duration cpu = meter.cpu();
    Duration ownCpu = own.cpu();
    long disk = Machine.diskBytesWritten();
    LoadGenerator.Result result = other.run(load, callers);
    if (result.acknowledged() == 0 || result.failures() > result.acknowledged() / 100) {
      throw new BenchException(
          "%d requests acknowledged, %d broken, others answered %s"
              .formatted(result.acknowledged(), result.broken(), result.refused()));
    }
    double events = result.acknowledged();
    return new Measured(
        result,
        meter.cpu().minus(cpu).toNanos() / 1e3 / events,
        own.cpu().minus(ownCpu).toNanos() / 1e3 / events,
        (Machine.diskBytesWritten() - disk) / events);
  }

  /// Lets the server finish what it has taken.
  void settle() throws InterruptedException {
    if (!meter.awaitIdle(SETTLE)) {
      throw new BenchException("the gateway is still at work " + SETTLE + " after the load");
    }
  }

  LoadGenerator generator() {
    return generator;
  }

  ProcessMeter meter() {
    return meter;
  }

  @Override
  public void close() throws IOException {
    generator.close();
    server.close();
  }
}
