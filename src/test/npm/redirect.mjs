// Loaded before a client: what the client sends to https://graph.facebook.com goes to the gateway, so that the client is unchanged.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const gateway = new URL(process.env.CHASQUI);
const PLATFORM = 'graph.facebook.com';

const platformFetch = globalThis.fetch;
globalThis.fetch = (input, init) =>
  input instanceof Request ? platformFetch(new Request(redirected(input.url), input), init) : platformFetch(redirected(input), init);

function redirected(text) {
  const url = new URL(text);
  if (url.hostname === PLATFORM) {
    url.protocol = gateway.protocol;
    url.host = gateway.host;
  }
  return url;
}

for (const name of ['request', 'get']) {
  const original = https[name];
  https[name] = (...args) => {
    const callback = args.findLast((it) => typeof it === 'function');
    const target = typeof args[0] === 'string' || args[0] instanceof URL ? new URL(args[0]) : {};
    const options = args.find((it) => it && typeof it === 'object' && !(it instanceof URL)) ?? {};
    const host = (options.hostname ?? options.host ?? target.hostname ?? '').split(':')[0];
    if (host !== PLATFORM) return original.apply(https, args);
    const path = options.path ?? (target.pathname ?? '/') + (target.search ?? '');
    const headers = withoutHost(options.headers);
    const request = http[name]({ method: options.method, auth: options.auth, headers, hostname: gateway.hostname, port: gateway.port, path }, callback);
    // Meta's SDK writes its body when TLS is ready.
    request.once('socket', (socket) => socket.once('connect', () => socket.emit('secureConnect')));
    return request;
  };
}
syncBuiltinESMExports();

function withoutHost(headers) {
  if (!headers || Array.isArray(headers)) return headers;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host'));
}
