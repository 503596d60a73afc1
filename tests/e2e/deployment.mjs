// One Acme Cloud and one Candor watching it, as real processes on free ports with a folder of
// their own; started by a test, stopped by it, nothing left behind.

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_MS = 30_000;
const STOP_MS = 15_000;
const POLL_MS = 50;

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} names the binary to test; run the suite with ctest`);
  return value;
}

// Resolves with the first truthy answer; rejects with `what` when none comes in time.
export async function until(what, within_ms, ask) {
  const end = performance.now() + within_ms;
  let last;
  for (;;) {
    try {
      const answer = await ask();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      throw new Error(`${what}: not within ${within_ms} ms${last ? ` (${last.message})` : ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
  })));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

// A child process that remembers what it said, for the message of a failing test.
export class Program {
  constructor(file, args, options = {}) {
    this.name = file.split('/').pop();
    this.said = '';
    this.child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on('data', (bytes) => { this.said += bytes; });
    }
    this.ended = new Promise((resolve) => {
      this.child.on('exit', (code, signal) => resolve({ code, signal }));
      this.child.on('error', (error) => {
        this.said += error.message;
        resolve({ code: -1, signal: null });
      });
    });
    this.running = true;
    this.ended.then(() => { this.running = false; });
  }

  // Like until(), but gives up at once with the program's own words when it has ended.
  until(what, within_ms, ask) {
    return Promise.race([
      until(what, within_ms, ask).catch((error) => {
        throw new Error(`${error.message}\n${this.name} said:\n${this.said.slice(-4000)}`);
      }),
      this.ended.then(({ code, signal }) => {
        throw new Error(`${this.name} ended (${code ?? signal}) before: ${what}\n${this.said}`);
      }),
    ]);
  }

  async stop(signal = 'SIGTERM') {
    if (!this.running) return this.ended;
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS);
    const end = await this.ended;
    clearTimeout(timer);
    return end;
  }
}

function configuration(ports, acme, name) {
  const check = (id, port, path, more = '') => `
      - { id: ${id},
          http: { url: "http://127.0.0.1:${port}${path}", expect: { max_latency: 800ms } },
          every: 1s, retry_every: 1s, fail_after: 2/2, pass_after: 2/2${more} }`;
  return `page: { name: ${name}, url: "http://127.0.0.1:${ports.page}" }
listen: { public: "127.0.0.1:${ports.page}", intake: "127.0.0.1:${ports.intake}",
          console: "127.0.0.1:${ports.console}" }
storage: { url: "sqlite:data" }
incidents: { min_red: 1s, resolve_after: 2s, explain_within: 5m }
groups:
  - { id: identity, name: Identity }
  - { id: calling, name: Calling }
components:
  - id: directory
    name: Directory
    group: identity
    description: Who your people are
    checks:${check('directory-health', acme.directory, '/health')}
  - id: sign-in
    name: Sign-in
    group: identity
    checks:${check('sign-in-health', acme.signin, '/health', ', severity: partial_outage')}
  - id: calls
    name: Calls
    group: calling
    checks:${check('calls-active', acme.calls, '/calls/active')}
  - id: voicemail
    name: Voicemail
    group: calling
    checks:
      - { id: voicemail-tcp, tcp: { address: "127.0.0.1:${acme.voicemail}" }, every: 1s }
      - { id: api-name, dns: { name: api.acme.example, expect: [192.0.2.7],
                               server: "127.0.0.1:${acme.dns}" }, every: 2s }
`;
}

export class Deployment {
  static async start() {
    const it = new Deployment();
    it.folder = await mkdtemp(join(tmpdir(), 'candor-e2e-'));
    try {
      await it.startAcme();
      const [page, intake, console] = await freePorts(3);
      it.ports = { page, intake, console };
      it.page = `http://127.0.0.1:${page}`;
      it.console = `http://127.0.0.1:${console}`;
      it.file = join(it.folder, 'candor.yaml');
      await it.configure('Acme Cloud');
      await it.startCandor();
      await it.candor.until('everything measured and green', START_MS, async () => {
        const { components } = await it.json('/api/v2/components.json');
        return components.every((component) => component.status === 'operational');
      });
    } catch (error) {
      await it.stop();
      throw error;
    }
    return it;
  }

  async startAcme() {
    const data = join(this.folder, 'acme');
    this.acme = new Program(needed('ACME'), ['--data', data, '--base-port', '0']);
    const ports = await this.acme.until('Acme listens', START_MS,
      () => readFile(join(data, 'ports.json'), 'utf8').catch(() => ''));
    this.acmePorts = JSON.parse(ports);
  }

  configure(name) {
    return writeFile(this.file, configuration(this.ports, this.acmePorts, name));
  }

  // Returns how long it took until the page answered.
  async startCandor() {
    const begin = performance.now();
    this.candor = new Program(needed('CANDOR'), ['serve', '--config', this.file],
      { cwd: this.folder });
    await this.candor.until('the page answers', START_MS, async () => (await fetch(this.page)).ok);
    return performance.now() - begin;
  }

  async break(kind, area) {
    await this.control(`/fault?kind=${kind}&area=${area}`);
  }

  heal() {
    return this.control('/heal');
  }

  async control(path) {
    const url = `http://127.0.0.1:${this.acmePorts.control}${path}`;
    const answer = await fetch(url, { method: 'POST' });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  }

  async text(path) {
    const answer = await fetch(this.page + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer.text();
  }

  async json(path) {
    return JSON.parse(await this.text(path));
  }

  async status(component) {
    const { components } = await this.json('/api/v2/components.json');
    return components.find((one) => one.name === component)?.status;
  }

  becomes(component, status, within_ms = 20_000) {
    return this.candor.until(`${component} becomes ${status}`, within_ms,
      async () => (await this.status(component)) === status);
  }

  async stop() {
    await this.candor?.stop();
    await this.acme?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
