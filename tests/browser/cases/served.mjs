// A page that would be larger than 15 MB: its parcels lie beside it, and it is shown by `kyoten serve`.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { test } from '../cases.mjs';

/** Milliseconds of moving that frames are counted for. */
const MOVE = 3000;

test('a large run is shown by the server, and asks nobody else', async ({ config, open, shot, group }) => {
  const map = await open(config.served);
  await shot(`served-${group}`);
  const tiles = map.page.requests.filter(({ url }) => url.endsWith('/map.pmtiles'));
  assert.ok(tiles.length > 0 && tiles.every(({ range }) => /^bytes=\d+-\d+$/.test(range ?? '')), JSON.stringify(tiles));
  const ready = await map.readyAfter();
  // As near as it goes, where single parcels are drawn; then one of them.
  const [x, y] = await map.page.evaluate('window.kyoten.map.getCenter().toArray()');
  await map.jump([x, y], 17);
  const { colours } = await map.picture();
  assert.ok(colours > 3, `${colours} colours`);
  await shot(`served-near-${group}`);
  const id = await map.page.evaluate(`(() => {
    const { map } = window.kyoten;
    const parcel = map.queryRenderedFeatures({ layers: map.getStyle().layers.map(({ id }) => id).filter((id) => /^parcels-\\d/.test(id)) })[0];
    return parcel?.id;
  })()`);
  assert.ok(id > 0, 'there are parcels in view');
  await map.page.evaluate(`window.kyoten.select('1-1')`);
  const { title } = await map.panel();
  assert.equal(title, '1-1');
  const counts = await map.counts();
  const parcels = Object.values(counts.central).reduce((sum, count) => sum + count, 0);
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(config.served), []);
  const size = (name) => `${(statSync(join(config.beside, name)).size / 1e6).toFixed(1)} MB`;
  const files = ['map.html', 'map.pmtiles', 'map.columns'].map((name) => `${name} ${size(name)}`).join(', ');
  return `${parcels} parcels, ready after ${ready} ms, ${tiles.length} ranges; ${files}`;
}, { patience: 120_000 });

test('a large run moves', async ({ config, open }) => {
  const map = await open(config.served, { calm: false });
  const told = [];
  for (const zoom of [null, 14, 16]) {
    if (zoom) await map.jump(await map.page.evaluate('window.kyoten.map.getCenter().toArray()'), zoom);
    const before = (await map.page.metrics()).TaskDuration;
    const { frames, longest } = await map.page.call((milliseconds) => new Promise((resolve) => {
      const { map } = window.kyoten;
      let [frames, longest, began] = [0, 0, performance.now()];
      let last = began;
      map.panBy([900, 300], { duration: milliseconds / 2, easing: (part) => part });
      map.once('moveend', () => map.panBy([-900, -300], { duration: milliseconds / 2, easing: (part) => part }));
      const count = (now) => {
        frames += 1;
        longest = Math.max(longest, now - last);
        last = now;
        if (now - began < milliseconds) requestAnimationFrame(count);
        else resolve({ frames: (frames * 1000) / (now - began), longest });
      };
      requestAnimationFrame(count);
    }), MOVE);
    const busy = (((await map.page.metrics()).TaskDuration - before) / MOVE) * 1e5;
    const figures = `${frames.toFixed(1)} frames a second, longest gap ${longest.toFixed(0)} ms, main thread busy ${busy.toFixed(0)} %`;
    told.push(`zoom ${zoom ?? 'of the whole'}: ${figures}`);
    assert.ok(frames > 0, told.at(-1));
  }
  assert.deepEqual(map.problems(), []);
  return told.join('; ');
}, { patience: 120_000 });

test('a what-if of a large run is judged', async ({ config, open, group, shot }) => {
  const map = await open(config.served);
  const began = performance.now();
  await map.page.evaluate(`window.kyoten.setThreshold('membership', 0.3)`);
  const took = Math.round(performance.now() - began);
  await map.idle();
  await shot(`served-what-if-${group}`);
  assert.deepEqual(map.problems(), []);
  const { JSHeapUsedSize } = await map.page.metrics();
  return `${took} ms; heap ${(JSHeapUsedSize / 1e6).toFixed(0)} MB`;
}, { patience: 120_000 });

test('a large run opened from disk says how it is opened', async ({ config, open, shot }) => {
  const map = await open(join(config.beside, 'map.html'));
  const text = await map.page.waitFor(`document.querySelector('#stage [role=alert]')?.innerText`);
  for (const words of [`kyoten serve ${config.beside}`, '筆のデータを読めません', 'The parcels cannot be read']) assert.ok(text.includes(words), text);
  assert.match(text, /kyoten run \S+\.toml --one-file/);
  // What is in the page itself can be found all the same.
  const name = JSON.parse(readFileSync(join(config.beside, 'stops.geojson'), 'utf8')).features.map(({ properties }) => properties.name).find(Boolean);
  await map.page.evaluate(`document.querySelector('#stage [role=alert] button').click()`);
  await map.page.clickOn('#search');
  await map.page.type(name);
  assert.equal(await map.page.waitFor(`document.querySelector('#hits li .what')?.textContent`), name);
  await shot('from-disk');
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(), []);
});
