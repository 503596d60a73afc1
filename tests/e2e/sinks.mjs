// Where Candor's messages end in these tests: a mail server of another maker and a web server that
// remembers what it got. Both on free loopback ports, stopped by the test.

import { spawn } from 'node:child_process';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { until } from './deployment.mjs';

const ARRIVE_MS = 20_000;

// Answers each POST with `status`, or not at all while it is 'hang'; with 410 on the paths that it
// refuses.
export class WebSink {
  constructor() {
    this.got = [];
    this.status = 204;
    this.refuse = [];
    this.held = new Set();
    this.server = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes) => { body += bytes; });
      request.on('end', () => {
        this.got.push({ path: request.url, headers: request.headers, body });
        if (this.status === 'hang') return this.held.add(response);
        response.writeHead(this.refuse.includes(request.url) ? 410 : this.status).end();
      });
    });
  }

  async start() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  at(path) {
    return this.got.filter((one) => one.path === path);
  }

  arrived(path, what, wanted) {
    return until(`${path} hears ${what}`, ARRIVE_MS,
      () => this.at(path).map((one) => ({ ...one, json: JSON.parse(one.body) })).find(wanted));
  }

  stop() {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export class MailSink {
  async start(script) {
    this.mails = [];
    this.child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: this.child.stdout });
    this.port = await new Promise((resolve) => lines.once('line', resolve));
    lines.on('line', (line) => {
      const mail = JSON.parse(line);
      const end = mail.bytes.indexOf('\r\n\r\n');
      const head = mail.bytes.slice(0, end).replace(/\r\n[ \t]+/g, ' ');
      this.mails.push({ ...mail, head, text: mail.bytes.replace(/=\r\n/g, '') });
    });
    return this;
  }

  arrived(what, wanted) {
    return until(`a mail ${what}`, ARRIVE_MS, () => this.mails.find(wanted));
  }

  async stop() {
    this.child.stdin.end();
    await new Promise((resolve) => this.child.once('exit', resolve));
  }
}

// As the Standard Webhooks specification says, written without looking at Candor's own signer.
export function isSigned({ headers, body }, secret) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const wanted = createHmac('sha256', key).update(signed).digest();
  return headers['webhook-signature'].split(' ').some((one) => {
    const [version, value] = one.split(',');
    const given = Buffer.from(value ?? '', 'base64');
    return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
