// The legend: every switch does something, and undoes it.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { ZONES } from '../run.mjs';

test('every switch of the legend turns its layer on and off', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  const turned = new Set();
  for (const zone of ZONES) {
    await map.chooseZone(zone);
    const keys = await map.switches();
    assert.ok(keys.length >= 10, `${zone}: ${keys}`);
    for (const key of keys.filter((key) => !turned.has(key))) {
      const before = await map.layers();
      await map.turn(key);
      assert.notEqual(await map.layers(), before, `${zone}: ${key} does nothing`);
      await map.turn(key);
      assert.equal(await map.layers(), before, `${zone}: ${key} is not undone`);
      turned.add(key);
    }
  }
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(), []);
  return `${turned.size} switches`;
});

test('what is switched is seen', async ({ config, run, open }) => {
  const small = run(config.small);
  const map = await open(small.map);
  const counts = await map.legend();
  for (const key of (await map.switches()).filter((key) => counts[key] !== 0 && !key.startsWith('place.'))) {
    const before = await map.picture();
    await map.turn(key);
    assert.notEqual((await map.picture()).hash, before.hash, `${key} changes nothing to be seen`);
    await map.turn(key);
  }
});

test('every zone has a picture of its own', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  const pictures = new Set();
  for (const zone of ZONES) {
    await map.chooseZone(zone);
    pictures.add((await map.picture()).hash);
    assert.equal((await map.address()).zone, zone);
  }
  assert.equal(pictures.size, ZONES.length);
});
