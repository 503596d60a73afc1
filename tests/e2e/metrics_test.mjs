// /metrics as Prometheus sees it: promtool lints it, and a real Prometheus scrapes and stores it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Deployment, freePorts, Program } from './deployment.mjs';

let deployment;

before(async () => { deployment = await Deployment.start(); });
after(() => deployment?.stop());

async function metrics(accept) {
  const answer = await fetch(`${deployment.console}/metrics`, { headers: { Accept: accept } });
  assert.equal(answer.status, 200);
  return { type: answer.headers.get('content-type'), text: await answer.text() };
}

const lint = (text) => spawnSync('promtool', ['check', 'metrics'], { input: text });

test('promtool has nothing to say', async () => {
  const { type, text } = await metrics('text/plain');
  assert.match(type, /^text\/plain; version=0\.0\.4/);
  const { status, stderr, stdout } = lint(text);
  assert.equal(status, 0, `${stdout}${stderr}`);
});

test('promtool does notice a malformed line', async () => {
  const { text } = await metrics('text/plain');
  assert.notEqual(lint(`${text}candor_broken{ 1\n`).status, 0);
});

test('OpenMetrics is offered and ends as it must', async () => {
  const { type, text } = await metrics('application/openmetrics-text; version=1.0.0');
  assert.match(type, /^application\/openmetrics-text/);
  assert.ok(text.endsWith('# EOF\n'));
});

test('a real Prometheus scrapes it', async () => {
  const [port] = await freePorts(1);
  const file = join(deployment.folder, 'prometheus.yml');
  await writeFile(file, `global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: candor
    static_configs: [{ targets: ["127.0.0.1:${deployment.ports.console}"] }]
`);
  const prometheus = new Program('prometheus', [`--config.file=${file}`,
    `--storage.tsdb.path=${join(deployment.folder, 'tsdb')}`,
    `--web.listen-address=127.0.0.1:${port}`]);
  const query = async (expression) => {
    const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const { data } = await (await fetch(url)).json();
    return data?.result ?? [];
  };
  try {
    await prometheus.until('Prometheus has scraped Candor', 30_000,
      async () => (await query('up{job="candor"} == 1')).length === 1);
    const series = await query('{job="candor",__name__=~"candor_.+"}');
    assert.ok(series.length >= 5, `only ${series.length} series`);
  } finally {
    await prometheus.stop();
  }
});
