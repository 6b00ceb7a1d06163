// One batch for three callbacks, each verified by another library: the number's by Kapso and Octokit, the account's by Great Detail,
// the application's by whatsapp-api-js. The bytes are as the platform writes them, with escaped letters and slashes.
import http from 'node:http';
import { verify } from '@octokit/webhooks-methods';
import Client from '@great-detail/whatsapp';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { WhatsAppAPI } from 'whatsapp-api-js/middleware/node-http';
import { check, environment, listen, operator, override, receiver, until, webhook } from '../environment.mjs';

const { base, token, phone, waba, secret } = environment;
const SECOND_PHONE = '115500000000777';
const OTHER_WABA = '215500000000777';
const OTHER_PHONE = '115500000000778';
const WORDS = 'ma\u00f1ana a/b';

const ofTheNumber = await receiver();
const ofTheAccount = await receiver();

const read = [];
const api = new WhatsAppAPI({ token, appSecret: secret, webhookVerifyToken: 'verify-me', v: 'v24.0' });
api.on.message = ({ message }) => read.push(message);
const statuses = [];
const ofTheApplication = http.createServer(async (request, response) => {
  response.statusCode = await api.handle_post(request);
  statuses.push(response.statusCode);
  response.end();
});

await operator('PUT', '/api/v1/wabas/' + OTHER_WABA, { name: 'Other' });
await operator('PUT', '/api/v1/app', { id: '1', callbackUrl: await listen(ofTheApplication), verifyToken: 'verify-me', skipHandshake: true });
await override(ofTheAccount.url);
const set = await fetch(`${base}/v24.0/${phone}`, {
  method: 'POST',
  headers: { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' },
  body: JSON.stringify({ webhook_configuration: { override_callback_uri: ofTheNumber.url, verify_token: 'verify-me' } }),
});
check(set.ok, "the number's override: " + (await set.text()));

const change = (phoneId, wamid) =>
  String.raw`{"value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"${phoneId}"},` +
  String.raw`"contacts":[{"profile":{"name":"Mar\u00eda"},"wa_id":"51900000001"}],"messages":[{"from":"51900000001","id":"wamid.${wamid}",` +
  String.raw`"timestamp":"1717000000","text":{"body":"ma\u00f1ana a\/b"},"type":"text"}]},"field":"messages"}`;
await webhook(
  String.raw`{"object":"whatsapp_business_account","entry":[{"id":"${waba}","changes":[${change(phone, 'A')},${change(SECOND_PHONE, 'B')}]},` +
    String.raw`{"id":"${OTHER_WABA}","changes":[${change(OTHER_PHONE, 'C')}]}]}`,
);

const first = await ofTheNumber.next(1);
const signature = first.headers['x-hub-signature-256'];
check(verifySignature({ appSecret: secret, rawBody: first.body, signatureHeader: signature }), "Kapso verifies the number's");
check(await verify(secret, first.body.toString(), signature), "Octokit verifies the number's");
const messages = normalizeWebhook(JSON.parse(first.body)).messages;
check(messages.length === 1 && messages[0].id === 'wamid.A' && messages[0].text.body === WORDS, "the number's message alone: " + first.body);

const second = await ofTheAccount.next(1);
const sdk = new Client();
const event = await sdk.webhook.eventNotification({ method: 'POST', query: {}, headers: second.headers, body: second.body.toString() });
await event.verifySignature(secret);
const changes = event.eventNotification.entry.flatMap((entry) => entry.changes);
check(changes.length === 1 && changes[0].value.messages[0].id === 'wamid.B', "the account's message alone: " + second.body);

await until(() => statuses.length > 0, "the application's webhook");
check(statuses[0] === 200, 'whatsapp-api-js verifies it: ' + statuses);
await until(() => read.length > 0, "the application's message");
check(read.length === 1 && read[0].id === 'wamid.C' && read[0].text.body === WORDS, "the application's message alone");
