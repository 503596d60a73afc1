// The description that the real binary serves, before redocly's linter: neither an error nor a
// warning.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveCandor, writeDescription } from './served.mjs';

const redocly = fileURLToPath(new URL('node_modules/@redocly/cli/bin/cli.js', import.meta.url));
const rules = fileURLToPath(new URL('redocly.yaml', import.meta.url));
let at;

before(async () => { at = await serveCandor(); });
after(() => at?.stop());

// { code, problems }, each problem as "rule at #/pointer: message".
async function lint(file) {
  const child = spawn(process.execPath,
    [redocly, 'lint', file, '--config', rules, '--format=json', '--max-problems=1000'],
    { env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      cwd: at.folder });
  let told = '';
  let said = '';
  child.stdout.on('data', (bytes) => { told += bytes; });
  child.stderr.on('data', (bytes) => { said += bytes; });
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.ok(told.startsWith('{'), `redocly told nothing: ${said}`);
  const problems = JSON.parse(told).problems.map(({ ruleId, message, location }) =>
    `${ruleId} at ${location[0]?.pointer}: ${message}`);
  return { code, problems };
}

test('the description has no error and no warning', async () => {
  const { code, problems } = await lint(await writeDescription(at, 'openapi.json'));
  assert.deepEqual(problems, []);
  assert.equal(code, 0);
});

test('a spoilt description fails', async () => {
  const { code, problems } = await lint(await writeDescription(at, 'spoilt.json', (copy) => {
    copy.components.schemas.State.required = 'position';
    copy.paths['/api/v1/checks'].get.tags = ['unheard of'];
  }));
  assert.notEqual(code, 0);
  const told = (start) => problems.some((p) => p.includes(start));
  assert.ok(told('#/components/schemas/State/required'), problems.join('\n'));
  assert.ok(told('operation-tag-defined'), problems.join('\n'));
});
