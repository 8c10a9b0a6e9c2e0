// The legend: every switch does something, and undoes it.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { sleep } from '../chromium.mjs';
import { ZONES } from '../run.mjs';

test('every switch of the legend turns its layer on and off', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  // Where there is nothing to be drawn: only the layers themselves are asked.
  await map.jump([139.5, 33], 12);
  const turned = new Set();
  for (const zone of ZONES) {
    await map.chooseZone(zone);
    const keys = await map.switches();
    assert.ok(keys.length >= 10, `${zone}: ${keys}`);
    assert.ok(!keys.includes('under'), 'no switch for what is not there');
    for (const key of keys.filter((key) => !turned.has(key))) {
      const before = await map.layers();
      await map.turn(key);
      assert.ok((await map.layers()) !== before, `${zone}: ${key} does nothing`);
      await map.turn(key);
      assert.ok((await map.layers()) === before, `${zone}: ${key} is not undone`);
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
  const keys = (await map.switches()).filter((key) => counts[key] !== 0 && !key.startsWith('place.'));
  const all = await map.picture();
  for (const key of keys) {
    await map.turn(key);
    assert.notEqual((await map.picture()).hash, all.hash, `${key} changes nothing to be seen`);
    await map.turn(key);
  }
  assert.equal((await map.picture()).hash, all.hash, 'all is seen again');
  return keys.join(' ');
});

test('the backdrop is turned off and on, and gives way to a background', async ({ config, run, open }) => {
  const map = await open(run(config.found).map, { hash: '#lang=en' });
  const lines = () => map.page.evaluate(`window.kyoten.map.getLayoutProperty('under-boundary', 'visibility')`);
  const words = () => map.page.evaluate(`document.querySelector('#legend [data-key="under"]').closest('label').innerText`);
  assert.match(await words(), /^\s*boundaries\s*$/);
  assert.equal(await lines(), 'visible');
  const before = await map.picture();
  await map.turn('under');
  assert.equal(await lines(), 'none');
  assert.notEqual((await map.picture()).hash, before.hash, 'it is seen');
  await map.page.waitFor(`location.hash.includes('switch=under')`);
  await map.turn('under');
  assert.equal(await lines(), 'visible');
  await map.page.call(() => {
    const select = document.querySelector('#legend select');
    select.value = 'pale';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  assert.equal(await lines(), 'none');
  assert.match(await words(), /Not drawn/);
  await map.page.clickOn('#language');
  assert.match(await words(), /行政界\s*背景地図を選んでいる間は描きません/);
});

test('every zone has a picture of its own', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  const pictures = new Set();
  for (const zone of ZONES) {
    await map.chooseZone(zone);
    pictures.add((await map.picture()).hash);
    await map.page.waitFor(`new URLSearchParams(location.hash.slice(1)).get('zone') === '${zone}'`);
  }
  assert.equal(pictures.size, ZONES.length);
});

test('a background asks its publisher for pictures, and for nothing else', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  assert.deepEqual(map.page.requestsOutside(), [], 'none is asked for unless it is chosen');
  const bases = await map.page.evaluate(`[...document.querySelectorAll('#legend select option')].map((one) => one.value)`);
  for (const base of bases.filter((base) => base !== '')) {
    await map.page.call((base) => {
      const select = document.querySelector('#legend select');
      select.value = base;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, base);
    const seen = map.page.requests.length;
    while (map.page.requests.length === seen) await sleep(20);
  }
  const asked = map.page.requestsOutside();
  assert.ok(asked.length > 0);
  for (const url of asked) assert.match(url, /^https:\/\/cyberjapandata\.gsi\.go\.jp\/xyz\/\w+\/\d+\/\d+\/\d+\.(png|jpg)$/);
  return `${bases.length - 1} backgrounds, ${asked.length} pictures asked for`;
});
