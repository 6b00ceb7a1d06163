// Kapso's client: sends in camel case, templates, profile, media without a token; it verifies and reads webhooks.
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { normalizeWebhook, verifySignature } from '@kapso/whatsapp-cloud-api/server';
import { check, environment, override, reaction, receiver, refusal, says } from '../environment.mjs';

const { token, phone, waba, base, secret, user } = environment;
const client = new WhatsAppClient({ accessToken: token, baseUrl: base });
const to = { phoneNumberId: phone, to: '+' + user };
const link = 'https://example.com/file';
const sends = [
  client.messages.sendText({ ...to, body: 'hola' }),
  client.messages.sendImage({ ...to, image: { link, caption: 'a' } }),
  client.messages.sendDocument({ ...to, document: { link, filename: 'a.pdf' } }),
  client.messages.sendLocation({ ...to, location: { latitude: -12.04, longitude: -77.03, name: 'Lima' } }),
  client.messages.sendReaction({ ...to, reaction: { messageId: 'wamid.X', emoji: '\u{1f44d}' } }),
  client.messages.sendContacts({ ...to, contacts: [{ name: { formattedName: 'Ana', firstName: 'Ana' } }] }),
  client.messages.sendInteractiveButtons({ ...to, bodyText: 'really?', buttons: [{ id: '1', title: 'yes' }] }),
  client.messages.sendInteractiveList({ ...to, bodyText: 'which?', buttonText: 'open', sections: [{ title: 'all', rows: [{ id: '1', title: 'one' }] }] }),
  client.messages.sendInteractiveCtaUrl({ ...to, bodyText: 'look', parameters: { displayText: 'open', url: link } }),
  client.messages.sendInteractiveLocationRequest({ ...to, bodyText: 'where?', parameters: { requestMessage: 'where?' } }),
  client.messages.sendText({ phoneNumberId: phone, recipient: 'PE.1A2B3C4D5E6F7G8H9I', body: 'hola' }),
  client.messages.sendTemplate({ ...to, template: { name: 'hello_world', language: { code: 'en_US' } } }),
];
for (const sent of await Promise.all(sends)) {
  check(sent.messages[0].id, 'a message is taken: ' + JSON.stringify(sent));
}
check((await client.messages.markRead({ phoneNumberId: phone, messageId: 'wamid.X' })).success, 'a message is marked as read');

const templates = await client.templates.list({ businessAccountId: waba });
check(templates.data.some((it) => it.name === 'hello_world'), 'templates are listed');

const uploaded = await client.media.upload({ phoneNumberId: phone, type: 'image', file: new Blob(['not really'], { type: 'image/png' }), fileName: 'a.png' });
const found = await client.media.get({ mediaId: uploaded.id, phoneNumberId: phone });
check(found.url, 'the file is found');
const bytes = await client.media.download({ mediaId: uploaded.id, phoneNumberId: phone });
check(Buffer.from(bytes).toString() === 'not really', 'the file comes down without a token');
await client.media.delete({ mediaId: uploaded.id, phoneNumberId: phone });
const gone = await refusal(client.media.get({ mediaId: uploaded.id, phoneNumberId: phone }));
check(gone.code === 100, 'the file is gone: ' + gone);

const categories = [
  [131047, 'reengagementWindow'],
  [131026, 'parameter'],
  [132001, 'template'],
  [131056, 'throttling'],
  [131016, 'server'],
  [131000, 'server'],
];
for (const [code, category] of categories) {
  const refused = '51900' + code;
  await reaction(refused, { refuses: code });
  const error = await refusal(client.messages.sendText({ phoneNumberId: phone, to: refused, body: 'hola' }));
  check(error.code === code && error.category === category, `the refusal is passed on: ${code}, got ${error.code} ${error.category}`);
}

const hook = await receiver();
await override(hook.url);
await says('ma\u00f1ana / "\u{1f44d}"');
const { body, headers } = await hook.next(1);
check(verifySignature({ appSecret: secret, rawBody: body, signatureHeader: headers['x-hub-signature-256'] }), 'the signature is right');
const read = normalizeWebhook(JSON.parse(body));
check(read.messages[0].text.body === 'ma\u00f1ana / "\u{1f44d}"', 'the message is as it was written');
