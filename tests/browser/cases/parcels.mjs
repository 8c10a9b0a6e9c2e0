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

/** How long a border two polygons have in common, metres: edges that run within a centimetre of one another. */
function sharedBorder(one, other) {
  const [lon0, lat0] = one.geometry.coordinates.flat(one.geometry.type === 'Polygon' ? 1 : 2)[0];
  const onto = ([lon, lat]) => [(lon - lon0) * 111_000 * Math.cos((lat0 * Math.PI) / 180), (lat - lat0) * 111_000];
  const edges = ({ geometry: { type, coordinates } }) => coordinates.flat(type === 'Polygon' ? 0 : 1).flatMap((ring) => ring.slice(1).map((corner, index) => [onto(ring[index]), onto(corner)]));
  let sum = 0;
  for (const [p, q] of edges(one)) {
    const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    for (const edge of edges(other)) {
      const [low, high] = edge.map(([x, y]) => [((x - p[0]) * dx + (y - p[1]) * dy) / length, ((y - p[1]) * dx - (x - p[0]) * dy) / length]).sort((a, b) => a[0] - b[0]);
      const [from, to] = [Math.max(0, low[0]), Math.min(length, high[0])];
      if (to > from && Math.abs(low[1]) < 0.01 && Math.abs(high[1]) < 0.01) sum += to - from;
    }
  }
  return sum;
}

test('a parcel that is only too small is told its neighbours with which it would do', async ({ config, run, open, shot }) => {
  const found = run(config.found);
  const { thresholds } = found.layer('run.json').rules;
  const [least, spacing] = [thresholds.min_site_m2, thresholds.facility_spacing_m];
  const far = (metres) => metres === null || metres >= spacing;
  const meetsAllElse = ({ geometry, properties: one }) => geometry && one.senior_lo >= 0.5 && far(one.same_kind_facility_m) && far(one.maybe_same_kind_facility_m);
  const small = found.parcels.filter((parcel) => meetsAllElse(parcel) && parcel.properties.area_m2 < least);
  assert.ok(small.length >= 3, `${small.length} parcels`);
  const map = await open(found.map, { hash: '#zone=senior_site&lang=en' });
  let told = 0;
  for (const parcel of small.slice(0, 12)) {
    const near = found.parcels.filter((other) => other !== parcel && other.geometry && sharedBorder(parcel, other) >= 1);
    const parts = near.filter(meetsAllElse).map(({ properties }) => properties);
    const wanted = least - parcel.properties.area_m2;
    const few = parts.filter(({ area_m2: area }) => area < wanted);
    const sets = [
      ...parts.filter(({ area_m2: area }) => area >= wanted).map((one) => [one]),
      ...few.flatMap((one, index) => few.slice(index + 1).filter((other) => one.area_m2 + other.area_m2 >= wanted).map((other) => [one, other])),
    ].map((set) => set.map(({ kyoten_id: id }) => id).sort().join(' + '));
    await map.page.evaluate(`window.kyoten.select(${JSON.stringify(parcel.properties.kyoten_id)})`);
    await map.page.waitFor(`document.querySelector('#parcel h2')?.textContent === ${JSON.stringify(parcel.properties.kyoten_id)}`);
    const seen = await map.page.evaluate(`[...document.querySelectorAll('#parcel .neighbours li')].map((one) => one.firstChild.textContent)`);
    const ids = seen.map((text) => text.trim().replaceAll(/ \([^)]*\)/g, '').split(' + ').sort().join(' + '));
    assert.deepEqual(ids.slice(0, 8).filter((id) => !/^\d+ more$/.test(id)).sort(), sets.length > 8 ? ids.slice(0, 8).filter((id) => sets.includes(id)).sort() : sets.sort(), parcel.properties.kyoten_id);
    if (sets.length > 0) {
      if (told === 0) {
        await map.page.evaluate(`document.querySelector('#parcel .neighbours').scrollIntoView({ block: 'center' })`);
        await shot('joined');
      }
      told += 1;
    } else {
      assert.match(await map.page.evaluate(`document.querySelector('#parcel .neighbours').innerText`), new RegExp(`Of the ${near.length} parcels that touch it none`));
    }
  }
  assert.ok(told > 0, 'some of them find a neighbour');
  // One that lacks something else is told none.
  const other = found.parcels.find((one) => one.geometry && one.properties.senior_hi < 0.5 && one.properties.area_m2 < least);
  await map.page.evaluate(`window.kyoten.select(${JSON.stringify(other.properties.kyoten_id)})`);
  await map.page.waitFor(`document.querySelector('#parcel h2')?.textContent === ${JSON.stringify(other.properties.kyoten_id)}`);
  assert.equal(await map.page.evaluate(`document.querySelector('#parcel .neighbours')`), null);
  assert.deepEqual(map.problems(), []);
  return `${told} parcels with neighbours`;
});
