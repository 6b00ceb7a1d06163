// Great Detail's SDK: sends, media, profile, numbers, templates, subscription with override; it verifies webhooks.
import Client from '@great-detail/whatsapp';
import { check, environment, receiver, says } from '../environment.mjs';

const { token, phone, waba, secret, user } = environment;
const sdk = new Client({ request: { headers: { Authorization: 'Bearer ' + token } } });
const to = { phoneNumberID: phone, to: user };
const messages = [
  { type: 'text', text: { body: 'hola' } },
  { type: 'image', image: { link: 'https://example.com/file' } },
  { type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '\u{1f44d}' } },
];
for (const message of messages) {
  check((await sdk.message.createMessage({ ...to, ...message }).json()).messages[0].id, 'a message is taken');
}
check((await sdk.message.createStatus({ phoneNumberID: phone, status: 'read', message_id: 'wamid.X' }).json()).success, 'a message is marked as read');

const uploaded = await sdk.media.upload({ phoneNumberID: phone, file: new Blob(['not really'], { type: 'image/png' }), filename: 'a.png', mimeType: 'image/png' }).json();
const found = await sdk.media.getURL({ mediaID: uploaded.id, phoneNumberID: phone }).json();
check((await sdk.media.download({ mediaURL: found.url }).text()) === 'not really', 'the file comes down');
check((await sdk.media.delete({ mediaID: uploaded.id, phoneNumberID: phone }).json()).success, 'the file is deleted');

check((await sdk.businessProfile.updateBusinessProfile({ phoneNumberID: phone, messaging_product: 'whatsapp', about: 'open' }).json()).success, 'the profile is changed');
check(JSON.stringify(await sdk.businessProfile.getBusinessProfile({ phoneNumberID: phone, fields: ['about'] }).json()).includes('open'), 'the profile is told');
check((await sdk.phoneNumbers.getPhoneNumber({ phoneNumberID: phone, fields: ['verified_name'] }).json()).id === phone, 'a number is told');
check(JSON.stringify(await sdk.phoneNumbers.listPhoneNumbers({ businessAccountID: waba }).json()).includes(phone), 'numbers are listed');
check(JSON.stringify(await sdk.template.list(waba, {}).json()).includes('hello_world'), 'templates are listed');
check((await sdk.whatsappBusinessAccount.get(waba, { fields: ['name'] }).json()).id === waba, 'the account is told');

const hook = await receiver();
await sdk.subscribedApps.createSubscription({ businessAccountID: waba });
await sdk.subscribedApps.createSubscription({ businessAccountID: waba, override_callback_uri: hook.url, verify_token: 'verify-me' });
const listed = await sdk.subscribedApps.listSubscriptions({ businessAccountID: waba }).json();
check(listed.data[0].override_callback_uri === hook.url, 'the override is told');

await says('ma\u00f1ana / "\u{1f44d}"');
const { body, headers } = await hook.next(1);
const request = { method: 'POST', query: {}, headers, body: body.toString() };
const event = await sdk.webhook.eventNotification(request);
await event.verifySignature(secret);
