// The most that goes into one file: 50,000 parcels.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';

import { test } from '../cases.mjs';

const MOST_BYTES = 15_000_000;
const MOST_MS = 3000;

test('50,000 parcels are one file that is soon drawn', async ({ config, open, shot }) => {
  const file = join(config.full, 'map.html');
  const bytes = statSync(file).size;
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  const times = [];
  // Others may keep the machine busy: the best of three counts, in the time that so many have for so few processors.
  const most = MOST_MS * Math.max(1, loadavg()[0] / availableParallelism());
  for (let attempt = 0; attempt < 3; attempt++) {
    const map = await open(file);
    times.push(await map.readyAfter());
    assert.deepEqual(map.problems(), []);
    if (attempt === 0) await shot('full');
    if (times.at(-1) <= most) break;
  }
  assert.ok(Math.min(...times) <= most, `ready after ${times.join(', ')} ms, of ${most.toFixed(0)}`);
  return `${(bytes / 1e6).toFixed(1)} MB, ready after ${times.join(', ')} ms`;
});

test('50,000 parcels are judged anew while one waits', async ({ config, open, shot }) => {
  const map = await open(join(config.full, 'map.html'));
  const times = [];
  for (const [key, value] of [['membership', 0.3], ['min_public_land', 0.1], ['min_seniors_per_ha', 30]]) {
    const began = performance.now();
    await map.page.evaluate(`window.kyoten.setThreshold('${key}', ${value})`);
    times.push(Math.round(performance.now() - began));
  }
  await map.idle();
  await shot('full-what-if');
  assert.ok(Math.max(...times) <= 5000, `${times.join(', ')} ms`);
  assert.deepEqual(map.problems(), []);
  return `${times.join(', ')} ms`;
});
