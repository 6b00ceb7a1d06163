// Standard Webhooks and Svix verify what endpoints of the dialect `standard` get, also after the secret was rotated.
import { Webhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { check, operator, receiver, says } from '../environment.mjs';

const hook = await receiver();
const endpoint = await operator('POST', '/api/v1/endpoints', { name: 'standard', dialect: 'standard', url: hook.url });

function verify(secret, { body, headers }) {
  for (const webhook of [new Webhook(secret), new SvixWebhook(secret)]) {
    const read = webhook.verify(body.toString(), headers) ?? JSON.parse(body);
    check(read.type === 'message.received', 'the body is read: ' + body);
  }
}

await says('ma\u00f1ana');
verify(endpoint.secret, await hook.next(1));
const rotated = await operator('POST', `/api/v1/endpoints/${endpoint.id}/rotate-secret`, {});
await says('again');
const second = await hook.next(2);
verify(endpoint.secret, second);
verify(rotated.secret, second);
check(hook.got[0].headers['webhook-id'] !== second.headers['webhook-id'], 'ids are unique');
