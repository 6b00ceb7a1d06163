// Sends of every kind, and its own receiver on express, which answers 202 to statuses.
import { createBot } from 'whatsapp-cloud-api';
import { check, environment, listen, override, says, until } from '../environment.mjs';
import http from 'node:http';

const { phone, token, user } = environment;
const bot = createBot(phone, token, { version: 'v24.0' });
const link = 'https://example.com/file';
const sends = [
  bot.sendText(user, 'hola'),
  bot.sendImage(user, link, { caption: 'a' }),
  bot.sendDocument(user, link, { filename: 'a.pdf' }),
  bot.sendAudio(user, link),
  bot.sendVideo(user, link),
  bot.sendSticker(user, link),
  bot.sendLocation(user, -12.04, -77.03, { name: 'Lima' }),
  bot.sendTemplate(user, 'hello_world', 'en_US'),
  bot.sendContacts(user, [{ name: { formatted_name: 'Ana', first_name: 'Ana' } }]),
  bot.sendReplyButtons(user, 'really?', { 1: 'yes', 2: 'no' }),
  bot.sendList(user, 'open', 'which?', { all: [{ id: 1, title: 'one' }] }),
];
for (const sent of await Promise.all(sends)) {
  check(sent.messageId, 'a message is taken');
}

const read = [];
bot.on('message', (message) => read.push(message));
const { app } = await bot.startExpressServer({ webhookPath: '/hook', webhookVerifyToken: 'verify-me', useMiddleware: () => {}, port: 0 });
const url = await listen(http.createServer(app));
await override(url + '/hook');
await says('ma\u00f1ana');
await until(() => read.length > 0, 'a message');
check(read[0].data.text === 'ma\u00f1ana', 'the message is as it was written: ' + JSON.stringify(read[0]));
