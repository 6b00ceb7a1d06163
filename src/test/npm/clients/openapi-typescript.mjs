// A client of the operator API that is made from its OpenAPI document: types by openapi-typescript, calls by openapi-fetch.
// What follows it must compile, what does not must not, and the calls must do what they say.
import fs from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import createClient from 'openapi-fetch';
import { check, operator } from '../environment.mjs';

const folder = new URL('../made/', import.meta.url);
fs.mkdirSync(folder, { recursive: true });
const document = await operator('GET', '/api/v1/openapi.json');
fs.writeFileSync(new URL('operator.d.ts', folder), astToString(await openapiTS(document)));

const head = `import createClient from 'openapi-fetch';
import type { paths } from './operator';
const client = createClient<paths>({ baseUrl: 'http://localhost' });
`;

/// What the compiler objects to, one text a fault.
function faults(name, body) {
  const file = new URL(name + '.ts', folder);
  fs.writeFileSync(file, head + body);
  const options = {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  };
  const program = ts.createProgram([file.pathname], options);
  return ts.getPreEmitDiagnostics(program).map((it) => ts.flattenDiagnosticMessageText(it.messageText, '\n'));
}

const good = faults('good', `
export async function run(): Promise<string> {
  const made = await client.POST('/api/v1/endpoints', {
    body: { name: 'crm', dialect: 'standard', url: 'https://crm.example/hook', policy: { maxInFlight: 4 } },
  });
  if (made.error) return made.error.title;
  const id: string = made.data.id;
  await client.PATCH('/api/v1/endpoints/{id}', { params: { path: { id } }, body: { name: 'crm 2' } });
  const listed = await client.GET('/api/v1/endpoints', { params: { query: { limit: 10 } } });
  const states = listed.data?.data.map((it) => it.state) ?? [];
  const isFailing: boolean = states.includes('failing');
  const token = await client.POST('/api/v1/tokens', { body: { kind: 'viewer', name: 'screen' } });
  return isFailing ? id : (token.data?.token ?? id);
}
`);
check(good.length === 0, 'the client compiles: ' + good.join('\n'));
const bad = faults('bad', `
client.POST('/api/v1/endpoints', { body: { name: 'crm', dialect: 'morse', url: 'https://crm.example/hook' } });
client.POST('/api/v1/tokens', { body: { name: 'no kind' } });
client.GET('/api/v1/nowhere');
`);
check(bad.length >= 3, 'what the document does not have does not compile: ' + bad.join('\n'));

const client = createClient({ baseUrl: process.env.ADMIN, headers: { Authorization: 'Bearer ' + process.env.ADMIN_TOKEN } });
const token = await client.POST('/api/v1/tokens', { body: { kind: 'viewer', name: 'screen' } });
check(token.response.status === 201 && token.data.token.startsWith('chq_'), 'a token is made');
const tokens = await client.GET('/api/v1/tokens', { params: { query: { limit: 200 } } });
check(tokens.data.data.some((it) => it.id === token.data.id && it.name === 'screen'), 'it is listed');
const gone = await client.DELETE('/api/v1/tokens/{id}', { params: { path: { id: token.data.id } } });
check(gone.response.status === 204, 'it is ended');
const wrong = await client.POST('/api/v1/tokens', { body: { kind: 'king' } });
check(wrong.error.errors[0].path === 'kind', 'a fault is told with its path');
