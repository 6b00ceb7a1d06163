// What the scripts share: where the gateway is, a receiver of webhooks, the operator, a user who writes.
import crypto from 'node:crypto';
import http from 'node:http';

const { CHASQUI, ADMIN, ADMIN_TOKEN, APP_SECRET, GRAPH, TOKEN, PHONE, WABA } = process.env;
const LIMIT_MILLIS = 60_000;

export const environment = { base: CHASQUI, token: TOKEN, phone: PHONE, waba: WABA, secret: APP_SECRET, user: '51900000001' };

export function check(holds, what) {
  if (!holds) throw new Error('not so: ' + what);
}

/// Calls the operator's interface.
export async function operator(method, path, body) {
  const answer = await fetch(ADMIN + path, { method, headers: { Authorization: 'Bearer ' + ADMIN_TOKEN }, body: body && JSON.stringify(body) });
  const text = await answer.text();
  check(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

/// A user writes to the business, on the fake platform.
export async function says(text) {
  const answer = await fetch(`${GRAPH}/sim/users/51900000001/says`, { method: 'POST', body: JSON.stringify({ text }) });
  check(answer.ok, 'the user writes: ' + answer.status);
}

/// How the fake platform treats messages to a user from now on: `{ refuses: 131047 }`, `{ reports: ['sent'] }`.
export async function reaction(user, what) {
  const answer = await fetch(`${GRAPH}/sim/users/${user}/reaction`, { method: 'POST', body: JSON.stringify(what) });
  check(answer.ok, 'the platform is told: ' + answer.status);
}

/// Posts a webhook as the platform does, with the bytes of a text, signed.
export async function webhook(text) {
  const signature = 'sha256=' + crypto.createHmac('sha256', APP_SECRET).update(text).digest('hex');
  const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': signature };
  const answer = await fetch(CHASQUI + '/webhooks/whatsapp', { method: 'POST', headers, body: text });
  check(answer.ok, 'the webhook is taken: ' + answer.status);
}

/// Everything in a request, with the raw body.
export async function raw(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/// An HTTP server on a free port of the loopback.
///
/// @param answer takes the request and its raw body, gives the status
export async function receiver(answer = () => 200) {
  const got = [];
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (request.method === 'GET') return response.end(url.searchParams.get('hub.challenge'));
    const body = await raw(request);
    response.statusCode = await answer(request, body);
    got.push({ headers: request.headers, body, status: response.statusCode });
    response.end();
  });
  const url = await listen(server);
  const next = async (count) => {
    await until(() => got.length >= count, `${count} deliveries`);
    return got[count - 1];
  };
  return { url: url + '/hook', next, got, close: () => server.close() };
}

/// The URL of a server, once it listens.
export async function listen(server) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return 'http://127.0.0.1:' + server.address().port;
}

export async function until(holds, what) {
  const end = Date.now() + LIMIT_MILLIS;
  while (!holds()) {
    check(Date.now() < end, 'within the limit: ' + what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/// What a promise is refused with.
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('not refused');
}

/// Subscribes the account and points its override to a receiver, as the platform's documentation says.
export async function override(url) {
  for (const body of [{}, { override_callback_uri: url, verify_token: 'verify-me' }]) {
    const answer = await fetch(`${CHASQUI}/v24.0/${WABA}/subscribed_apps`, {
      method: 'POST',
      headers: { Authorization: 'Bearer ' + TOKEN, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    check(answer.ok, 'the override: ' + (await answer.text()));
  }
}
