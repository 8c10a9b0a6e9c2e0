// Lots: a click on one shows the numbers that the run wrote of it.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { ZONES, inside } from '../run.mjs';

/** Lots of every status of every zone, and some more, each with a point that no other lot holds. */
function chosen(lots) {
  const points = lots.map(inside);
  const wanted = new Set();
  for (const zone of ZONES) {
    for (const status of ['eligible', 'prospective', 'undetermined', 'ineligible']) {
      const those = lots.map((_, index) => index).filter((index) => points[index] && lots[index].properties[zone] === status);
      if (those.length > 0) wanted.add(those[Math.floor(those.length / 2)]);
    }
  }
  for (let index = 0; index < lots.length; index += Math.ceil(lots.length / 5)) if (points[index]) wanted.add(index);
  const alone = (index) => points.filter((point) => point && Math.hypot(point[0] - points[index][0], point[1] - points[index][1]) < 2e-5).length === 1;
  return [...wanted].filter(alone).map((index) => ({ index, lot: lots[index], point: points[index] }));
}

test('a click on a lot shows its numbers, all of them', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const map = await open(small.map);
  // What lies over the lots answers a click first.
  for (const key of ['zones', 'stations', 'stops', 'facilities']) await map.turn(key);
  const lots = chosen(small.lots);
  assert.ok(lots.length >= 15, `${lots.length} lots`);
  for (const { index, lot, point } of lots) {
    await map.jump(point, 19);
    await map.clickAt(point);
    await map.page.waitFor(`document.querySelector('#lot h2')?.textContent === ${JSON.stringify(lot.properties.kyoten_id)}`);
    const { columns } = await map.panel();
    const names = Object.keys(lot.properties);
    const own = names.slice(names.indexOf('kyoten_id'));
    assert.ok(own.length > 40);
    for (const name of own) {
      assert.equal(columns[name], String(lot.properties[name]), `lot ${lot.properties.kyoten_id} (${index}): ${name}`);
    }
    const { statuses } = await map.selected();
    assert.deepEqual(statuses, Object.fromEntries(ZONES.map((zone) => [zone, lot.properties[zone]])));
  }
  await shot('lot');
  const [x, y] = await map.page.evaluate(`(() => {
    const box = window.kyoten.map.getCanvas().getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  })()`);
  await map.jump([138.3, 34.8], 15);
  await map.page.click(x, y);
  await map.page.waitFor(`document.querySelector('#lot').hidden`);
  assert.deepEqual(map.problems(), []);
  return `${lots.length} lots`;
});

test('a lot without geometry is found and says so', async ({ config, run, open }) => {
  const small = run(config.small);
  const lot = small.lots.find(({ properties }) => properties.area_m2 === null);
  assert.ok(lot, 'the demo has one');
  const map = await open(small.map);
  assert.equal(await map.page.evaluate(`window.kyoten.select(${JSON.stringify(lot.properties.kyoten_id)})`), true);
  const { title, columns } = await map.panel();
  assert.equal(title, lot.properties.kyoten_id);
  assert.equal(columns.area_m2, 'null');
  assert.ok(await map.page.evaluate(`!!document.querySelector('#lot .notice')`));
  assert.deepEqual(map.problems(), []);
});
