// Zones that are drawn on the map: by pointer, finger and keys; their numbers, held against `kyoten assess`; files out and in.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from '../cases.mjs';
import { sleep } from '../chromium.mjs';

/** Where the small city is drawn so large that parcels can be told apart. */
const THERE = '#map=15.4/34.9022/138.3990&zone=central&lang=ja';

const drawn = (map) => map.page.evaluate('window.kyoten.drawn().features');

/** Places of the map, by parts of its width and height, as the page has them. */
async function places(map, ...parts) {
  const [left, top, width, height] = await map.page.evaluate(`(() => {
    const box = window.kyoten.map.getCanvas().getBoundingClientRect();
    return [box.x, box.y, box.width, box.height];
  })()`);
  return parts.map(([x, y]) => [left + x * width, top + y * height]);
}

async function begin(map) {
  await map.page.clickOn('#tab-drawn');
  await map.page.clickOn('#drawn [data-key=draw]');
  await map.page.waitFor(`!document.querySelector('#pen').hidden`);
}

/** Draws a zone by clicks, the last of them twice. */
async function draw(map, ...parts) {
  await begin(map);
  const corners = await places(map, ...parts);
  const last = corners.pop();
  for (const [x, y] of corners) await map.page.click(x, y);
  await map.page.twice(...last);
  await map.page.waitFor(`document.querySelector('#pen').hidden`);
}

/** What `kyoten assess` says of the zones of a file. */
function assess({ kyoten, small }, file) {
  const { stdout, stderr } = spawnSync(kyoten, ['assess', join(small, 'city', 'kyoten.toml'), file, '--json'], { encoding: 'utf8' });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout).zones;
}

test('a zone that is drawn and saved is assessed as the page tells it', async ({ config, run, open, shot }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kyoten-drawn-'));
  try {
    const map = await open(run(config.small).map, { hash: THERE });
    await map.page.downloadInto(folder);
    await draw(map, [0.2, 0.3], [0.75, 0.2], [0.45, 0.5], [0.8, 0.8], [0.3, 0.9]);
    await draw(map, [0.05, 0.5], [0.15, 0.5], [0.1, 0.8]);
    await map.page.call(() => {
      const kind = document.querySelector('#drawn [data-key="drawn kind"]');
      kind.value = kind.options[1].value;
      kind.dispatchEvent(new Event('change'));
    });
    const [one, other] = await drawn(map);
    assert.deepEqual([one.properties.zone, other.properties.zone], ['central', 'local']);
    const sums = await map.page.evaluate('Promise.all([0, 1].map((zone) => window.kyoten.sums(zone)))');
    await map.page.clickOn('#drawn [data-key="drawn 0"]');
    await map.page.waitFor(`document.querySelector('#drawn .numbers td')`);
    await map.idle();
    await shot('drawn');
    await map.page.clickOn('#drawn [data-key="draw save"]');
    const file = join(folder, 'drawn-zones.geojson');
    for (let wait = 0; wait < 100 && !existsSync(file); wait++) await sleep(50);
    const zones = assess(config, file);
    assert.equal(zones.length, 2);
    for (const [index, zone] of zones.entries()) {
      assert.ok(Math.abs(sums[index].hectares - zone.area_ha) < 1e-4 * zone.area_ha + 1e-4, `${sums[index].hectares} ${zone.area_ha}`);
      assert.equal(sums[index].parcels, zone.parcels);
      assert.deepEqual([zone.name, zone.zone], [(await drawn(map))[index].properties.name, ['central', 'local'][index]]);
    }
    assert.ok(sums[0].parcels > 50, `${sums[0].parcels} parcels`);
    const parcels = sums[0].counts.map((counts) => counts.reduce((sum, count) => sum + count.parcels, 0));
    assert.ok(parcels.every((count) => count === sums[0].parcels), parcels.join());
    assert.deepEqual(map.problems(), []);
    const text = readFileSync(file, 'utf8');
    // Back into another page, where the same is seen.
    const again = await open(run(config.small).map, { hash: THERE });
    await again.page.chooseFile('#drawn input[type=file]', file);
    await again.page.waitFor('window.kyoten.drawn().features.length === 2');
    assert.deepEqual(await drawn(again), JSON.parse(text).features);
    assert.deepEqual(await again.page.evaluate('window.kyoten.sums(0)'), sums[0]);
    // What is no such file is told, and changes nothing.
    const wrong = join(folder, 'wrong.geojson');
    writeFileSync(wrong, text.replace('"zone":"local"', '"zone":"moon"'));
    await again.page.chooseFile('#drawn input[type=file]', wrong);
    const said = await again.page.waitFor(`document.querySelector('.warning')?.innerText`);
    assert.ok(said.includes('moon') && said.includes('central, local'), said);
    assert.equal((await drawn(again)).length, 2);
    assert.deepEqual(again.problems(), []);
    assert.deepEqual(again.page.requestsOutside(), []);
    return `${zones[0].area_ha} ha, ${zones[0].parcels} parcels`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('corners are taken back, dragged, added and taken away, and the address keeps what is drawn', async ({ config, run, open }) => {
  const map = await open(run(config.small).map, { hash: THERE });
  const corners = async () => (await drawn(map))[0].geometry.coordinates[0].length - 1;
  await begin(map);
  const [a, b, c, d] = await places(map, [0.3, 0.3], [0.7, 0.3], [0.7, 0.7], [0.3, 0.7]);
  await map.page.click(...a);
  await map.page.click(...b);
  await map.page.key('Escape');
  assert.ok(await map.page.evaluate(`document.querySelector('#pen').hidden`));
  assert.deepEqual(await drawn(map), []);
  await begin(map);
  for (const place of [a, c, b]) await map.page.click(...place);
  await map.page.click(...d);
  // The outline crosses itself: it cannot be ended, and a corner is taken back.
  assert.ok(await map.page.evaluate(`document.querySelector('#pen [data-key="pen finish"]').disabled`));
  await map.page.key('Backspace');
  await map.page.key('Backspace');
  for (const place of [d, a]) await map.page.click(...place);
  await map.page.waitFor('window.kyoten.drawn().features.length === 1');
  assert.equal(await corners(), 3);
  await map.idle();
  const before = (await drawn(map))[0].geometry.coordinates[0];
  const [goal, middle, up] = await places(map, [0.8, 0.75], [0.3, 0.5], [0.2, 0.5]);
  await map.page.drag(c, goal);
  await map.idle();
  const moved = (await drawn(map))[0].geometry.coordinates[0];
  assert.equal(moved.filter((place) => !before.some((other) => other.join() === place.join())).length, 1);
  await map.page.drag(middle, up);
  await map.idle();
  assert.equal(await corners(), 4);
  await map.page.twice(...up);
  await map.idle();
  assert.equal(await corners(), 3);
  const hash = await map.page.waitFor(`location.hash.includes('drawn=') && location.hash`);
  await sleep(300);
  const kept = await drawn(map);
  const again = await open(run(config.small).map, { hash: await map.page.evaluate('location.hash').catch(() => hash) });
  assert.deepEqual(await drawn(again), kept);
  // The whole of it, by the dot in its middle.
  await again.page.clickOn('#tab-drawn');
  await again.page.clickOn('#drawn [data-key="drawn 0"]');
  await again.idle();
  const box = kept[0].geometry.coordinates[0];
  const centre = [0, 1].map((axis) => (Math.min(...box.map((place) => place[axis])) + Math.max(...box.map((place) => place[axis]))) / 2);
  const from = await again.at(centre);
  await again.page.drag(from, [from[0] + 40, from[1] + 20]);
  await again.idle();
  const [shifted] = await drawn(again);
  const steps = shifted.geometry.coordinates[0].map((place, index) => (place[0] - box[index][0]).toFixed(6));
  assert.ok(new Set(steps).size === 1 && Number(steps[0]) > 0, steps.join());
  await again.page.clickOn('#drawn [data-key="drawn delete"]');
  assert.deepEqual(await drawn(again), []);
  assert.deepEqual(again.problems(), []);
});

test('a zone is drawn by keys alone, and by a finger on a narrow screen', async ({ config, run, open, shot }) => {
  const map = await open(run(config.small).map, { hash: THERE });
  await map.page.evaluate(`document.querySelector('#tab-drawn').click(); document.querySelector('#drawn [data-key=draw]').focus()`);
  await map.page.key('Enter');
  for (const step of ['ArrowRight', 'ArrowDown', 'ArrowLeft']) {
    await map.page.key(' ');
    const before = await map.page.evaluate('window.kyoten.map.getCenter().toArray().join()');
    await map.page.key(step);
    await map.page.waitFor(`window.kyoten.map.getCenter().toArray().join() !== '${before}' && !window.kyoten.map.isMoving()`);
  }
  await map.page.key('Enter');
  await map.page.waitFor('window.kyoten.drawn().features.length === 1');
  assert.deepEqual(map.problems(), []);
  const narrow = await open(run(config.small).map, { hash: THERE, size: { width: 390, height: 780 } });
  await narrow.page.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  await begin(narrow);
  await narrow.idle();
  const touched = await places(narrow, [0.2, 0.4], [0.8, 0.45], [0.5, 0.8]);
  for (const place of touched) {
    await narrow.page.touch(place);
    await sleep(400);
  }
  await narrow.page.clickOn('#pen [data-key="pen finish"]');
  await narrow.page.waitFor('window.kyoten.drawn().features.length === 1');
  await narrow.idle();
  const before = await drawn(narrow);
  const centre = await narrow.page.evaluate('window.kyoten.map.getCenter().toArray().join()');
  await narrow.page.touch(touched[2], [touched[2][0] + 10, touched[2][1] - 20], [touched[2][0] + 30, touched[2][1] - 60]);
  await narrow.idle();
  assert.notDeepEqual(await drawn(narrow), before);
  assert.equal(await narrow.page.evaluate('window.kyoten.map.getCenter().toArray().join()'), centre, 'the map stays where it is');
  await narrow.page.clickOn('#tab-drawn');
  await narrow.page.waitFor(`document.querySelector('#drawn .numbers td')`);
  await shot('drawn-narrow');
  assert.deepEqual(narrow.problems(), []);
});

test('zones that a plan has set are shown, and the panel says what fails and by how much', async ({ config, run, open, shot }) => {
  const set = run(config.set);
  const map = await open(set.map, { hash: THERE });
  await map.idle();
  assert.ok(JSON.parse(await map.layers()).some(([id]) => id === 'set-line'));
  const before = await map.picture();
  await map.turn('set');
  assert.notEqual((await map.picture()).hash, before.hash);
  await map.turn('set');
  const parcel = set.parcels.find(({ properties }) => properties.local_margin !== null && properties.local_margin_unit === 'm' && properties.local === 'ineligible');
  await map.chooseZone('local');
  await map.page.evaluate(`window.kyoten.select(${JSON.stringify(parcel.properties.kyoten_id)})`);
  await map.panel();
  const margin = await map.page.evaluate(`document.querySelector('#parcel .margin').innerText`);
  const metres = Math.abs(parcel.properties.local_margin);
  assert.ok(margin.includes(`${metres.toLocaleString('en-US', { maximumFractionDigits: metres < 100 ? 1 : 0 })} m`), `${margin} ${metres}`);
  await shot('set-zones');
  // A run that has not worked it out says the command that does.
  const plain = await open(run(config.small).map, { hash: THERE });
  const id = run(config.small).parcels[100].properties.kyoten_id;
  await plain.page.evaluate(`window.kyoten.select(${JSON.stringify(id)})`);
  await plain.panel();
  const command = await plain.page.evaluate(`document.querySelector('#parcel .copied pre').innerText`);
  const { status, stderr } = spawnSync(config.kyoten, command.split(' ').slice(1).map((word) => word.replaceAll("'", '')), { cwd: join(config.small, 'city'), encoding: 'utf8' });
  assert.equal(status, 0, `${command}: ${stderr}`);
  assert.deepEqual(map.problems(), []);
});
