// Parcels: a click on one shows the numbers that the run wrote of it.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { ZONES, inside } from '../run.mjs';

/** Parcels of every status of every zone, and some more, each with a point that no other parcel holds. */
function chosen(parcels) {
  const points = parcels.map(inside);
  const wanted = new Set();
  for (const zone of ZONES) {
    for (const status of ['eligible', 'prospective', 'undetermined', 'ineligible']) {
      const those = parcels.map((_, index) => index).filter((index) => points[index] && parcels[index].properties[zone] === status);
      if (those.length > 0) wanted.add(those[Math.floor(those.length / 2)]);
    }
  }
  for (let index = 0; index < parcels.length; index += Math.ceil(parcels.length / 5)) if (points[index]) wanted.add(index);
  const alone = (index) => points.filter((point) => point && Math.hypot(point[0] - points[index][0], point[1] - points[index][1]) < 2e-5).length === 1;
  return [...wanted].filter(alone).map((index) => ({ index, parcel: parcels[index], point: points[index] }));
}

test('a click on a parcel shows its numbers, all of them', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const map = await open(small.map);
  // What lies over the parcels answers a click first.
  for (const key of ['zones', 'stations', 'stops', 'facilities']) await map.turn(key);
  const parcels = chosen(small.parcels);
  assert.ok(parcels.length >= 15, `${parcels.length} parcels`);
  for (const { index, parcel, point } of parcels) {
    await map.jump(point, 19);
    await map.clickAt(point);
    await map.page.waitFor(`document.querySelector('#parcel h2')?.textContent === ${JSON.stringify(parcel.properties.kyoten_id)}`);
    const { columns } = await map.panel();
    const names = Object.keys(parcel.properties);
    const own = names.slice(names.indexOf('kyoten_id'));
    assert.ok(own.length > 40);
    for (const name of own) {
      assert.equal(columns[name], String(parcel.properties[name]), `parcel ${parcel.properties.kyoten_id} (${index}): ${name}`);
    }
    const { statuses } = await map.selected();
    assert.deepEqual(statuses, Object.fromEntries(ZONES.map((zone) => [zone, parcel.properties[zone]])));
  }
  await shot('parcel');
  const [x, y] = await map.page.evaluate(`(() => {
    const box = window.kyoten.map.getCanvas().getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  })()`);
  await map.jump([138.3, 34.8], 15);
  await map.page.click(x, y);
  await map.page.waitFor(`document.querySelector('#parcel').hidden`);
  assert.deepEqual(map.problems(), []);
  return `${parcels.length} parcels`;
});

test('a parcel without geometry is found and says so', async ({ config, run, open }) => {
  const small = run(config.small);
  const parcel = small.parcels.find(({ properties }) => properties.area_m2 === null);
  assert.ok(parcel, 'the demo has one');
  const map = await open(small.map);
  assert.equal(await map.page.evaluate(`window.kyoten.select(${JSON.stringify(parcel.properties.kyoten_id)})`), true);
  const { title, columns } = await map.panel();
  assert.equal(title, parcel.properties.kyoten_id);
  assert.equal(columns.area_m2, 'null');
  assert.ok(await map.page.evaluate(`!!document.querySelector('#parcel .notice')`));
  assert.deepEqual(map.problems(), []);
});
