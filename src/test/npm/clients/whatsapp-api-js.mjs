// Sends of many kinds, read mark and typing, media up, found, down and deleted; its own receiver of webhooks.
import http from 'node:http';
import { WhatsAppAPI } from 'whatsapp-api-js/middleware/node-http';
import { ActionButtons, Audio, Body, Button, Contacts, Document, Image, Interactive, Language, Location, Name, Reaction, Sticker, Template, Text, Video } from 'whatsapp-api-js/messages';
import { check, environment, listen, override, says, until } from '../environment.mjs';

const { token, phone, secret, user } = environment;
const api = new WhatsAppAPI({ token, appSecret: secret, webhookVerifyToken: 'verify-me', v: 'v24.0' });
const link = 'https://example.com/file';
const messages = [
  new Text('hola'),
  new Location(-12.04, -77.03, 'Lima'),
  new Image(link),
  new Video(link),
  new Audio(link),
  new Sticker(link),
  new Document(link),
  new Reaction('wamid.X', '\u{1f44d}'),
  new Contacts([new Name('Ana Quispe', 'Ana', 'Quispe')]),
  new Interactive(new ActionButtons(new Button('1', 'yes'), new Button('2', 'no')), new Body('really?')),
  new Template('hello_world', new Language('en_US')),
];
for (const message of messages) {
  const sent = await api.sendMessage(phone, user, message);
  check(sent.messages?.[0].id, 'a message is taken: ' + JSON.stringify(sent));
}
const hidden = await api.sendMessage(phone, { bsuid: 'PE.1A2B3C4D5E6F7G8H9I' }, new Text('hola'));
check(hidden.messages?.[0].id, 'a message to a user without a number is taken: ' + JSON.stringify(hidden));
check((await api.markAsRead(phone, 'wamid.X', 'text')).success, 'a message is marked as read');

const form = new FormData();
form.set('file', new Blob(['not really'], { type: 'image/png' }), 'a.png');
const uploaded = await api.uploadMedia(phone, form, false);
check(uploaded.id, 'a file goes up: ' + JSON.stringify(uploaded));
const found = await api.retrieveMedia(uploaded.id, phone);
const file = await api.fetchMedia(found.url);
check((await file.text()) === 'not really', 'the file comes down');
check((await api.deleteMedia(uploaded.id, phone)).success, 'the file is deleted');

const refused = await api.createQR(phone, 'hola').catch((error) => error);
check(JSON.stringify(refused).includes('graph.passThrough'), 'a call that is not allowed names the setting: ' + JSON.stringify(refused));

const read = [];
api.on.message = ({ message, name }) => read.push({ message, name });
const statuses = [];
const server = http.createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.end(await api.handle_get(request));
    return;
  }
  response.statusCode = await api.handle_post(request);
  statuses.push(response.statusCode);
  response.end();
});
await override(await listen(server));
await says('ma\u00f1ana / "\u{1f44d}"');
await until(() => statuses.length > 0, 'a webhook');
check(statuses[0] === 200, 'the signature and the body are right: ' + statuses);
await until(() => read.length > 0, 'the message');
check(read[0].message.text.body === 'ma\u00f1ana / "\u{1f44d}"', 'the message is as it was written');
