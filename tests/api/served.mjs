// One real Candor with something to tell of everything that the API speaks of, and its own
// description of that API.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, freePorts } from '../e2e/deployment.mjs';

const START_MS = 30_000;

const configuration = (port, told) => `page: { name: Acme, url: "http://127.0.0.1:${port}" }
listen: { public: "127.0.0.1:${port}", intake: "127.0.0.1:${port}", console: "127.0.0.1:${port}" }
components:
  - id: directory
    name: Directory
    checks: [{ id: beat, heartbeat: { every: 1h } }]
  - { id: calls, name: Calls }
subscribers: { smtp: { url: "smtp://127.0.0.1:9", from: status@acme.example } }
notify:
  - { id: ann-phone, webhook: { url: "${told}/ann" }, on: [incident, on_call] }
rotations:
  - id: in-turn
    first: "2026-01-05T09:00"
    people: [{ name: Ann, notify: [ann-phone] }, { name: Bea, notify: [ann-phone] }]
on_call:
  - { after: 0s, notify: [in-turn] }
`;

// A server that takes whatever it is told.
async function listener() {
  const server = createServer((request, response) => request.resume().on('end',
    () => response.end()));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export async function serveCandor() {
  const told = await listener();
  const [port] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'candor-api-'));
  await writeFile(join(folder, 'candor.yaml'),
    configuration(port, `http://127.0.0.1:${told.address().port}`));
  const candor = new Program(process.env.CANDOR, ['serve', '--config', 'candor.yaml'],
    { cwd: folder });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    await candor.stop();
    told.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await candor.until('it is ready', START_MS, async () => (await fetch(`${url}/readyz`)).ok);
  } catch (error) {
    await stop();
    throw error;
  }
  const token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
  const described = await (await fetch(`${url}/api/v1/openapi.json`)).json();
  return { url, folder, token, described, stop };
}

// A copy of the description that `spoil` has changed, as a file.
export async function writeDescription({ folder, described }, name, spoil = () => {}) {
  const copy = structuredClone(described);
  spoil(copy);
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(copy));
  return file;
}
