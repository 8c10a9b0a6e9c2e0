// A city whose page is one file of less than 15 MB: 60,000 parcels.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';

import { test } from '../cases.mjs';

const MOST_BYTES = 15_000_000;

test('60,000 parcels are one file that is drawn', async ({ config, open, shot }) => {
  const file = join(config.full, 'map.html');
  const bytes = statSync(file).size;
  assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
  const map = await open(file);
  const time = await map.readyAfter();
  assert.deepEqual(map.problems(), []);
  await shot('full');
  return `${(bytes / 1e6).toFixed(1)} MB, ready after ${time} ms`;
});

test('60,000 parcels are judged anew while one waits', async ({ config, open, shot }) => {
  const map = await open(join(config.full, 'map.html'));
  const times = [];
  for (const [key, value] of [['membership', 0.3], ['min_public_land', 0.1], ['min_seniors_per_ha', 30]]) {
    const began = performance.now();
    await map.page.evaluate(`window.kyoten.setThreshold('${key}', ${value})`);
    times.push(Math.round(performance.now() - began));
  }
  await map.idle();
  await shot('full-what-if');
  assert.deepEqual(map.problems(), []);
  return `${times.join(', ')} ms`;
});
