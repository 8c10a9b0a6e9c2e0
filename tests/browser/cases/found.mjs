// What was added to a run after it: chosen sites, what to find out first, zones that were assessed.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';

const WIDE = { width: 1366, height: 860 };
const NARROW = { width: 390, height: 780 };

/** The entries of a list in the tab: what is written in each. */
const entries = (map, what) => map.page.evaluate(`[...document.querySelectorAll('#found .found [data-key^="${what} "]')].map((one) => one.closest('li').innerText)`);

const goTo = async (map, what, index) => {
  await map.page.clickOn(`#found [data-key="${what} ${index}"]`);
  await map.idle();
};

test('a run to which nothing was added has no tab for it', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  assert.ok(await map.page.evaluate(`document.querySelector('#tab-found').hidden`));
  assert.deepEqual(map.problems(), []);
});

test('under a what-if the findings say that they are of the run', async ({ config, run, open, shot }) => {
  const map = await open(run(config.found).map, { hash: '#zone=senior_site&lang=en', size: WIDE });
  const seen = (root) => map.page.evaluate(`document.querySelector('${root}').innerText.split("for the run's own numbers").length - 1`);
  await map.page.clickOn('#tab-found');
  assert.equal(await seen('#found'), 0);
  const assumed = await open(run(config.found).map, { hash: '#zone=senior_site&lang=en&min_site_m2=450', size: WIDE });
  const told = (root) => assumed.page.evaluate(`document.querySelector('${root}').innerText.split("for the run's own numbers").length - 1`);
  assert.equal(await told('#legend'), 4, 'sites, their circles, survey and assessed zones');
  await assumed.page.clickOn('#tab-found');
  assert.equal(await told('#found'), 3);
  await goTo(assumed, 'sites', 0);
  assert.equal(await told('.maplibregl-popup .note'), 1);
  await shot('found under a what-if');
  await assumed.page.clickOn('#banner [data-key="reset"]');
  await assumed.page.waitFor(`!document.body.classList.contains('assuming')`);
  assert.equal(await told('#found'), 0, 'and no more once the run’s numbers are back');
});

test('sites, holes of the data and assessed zones are listed and gone to', async ({ config, run, open, shot }) => {
  const found = run(config.found);
  const [sites, survey, assessed] = ['sites', 'survey', 'assessed'].map((name) => found.layer(`${name}.geojson`).features);
  const map = await open(found.map, { hash: '#zone=senior_site&lang=ja', size: WIDE });
  await map.page.clickOn('#tab-found');
  const told = await entries(map, 'sites');
  assert.equal(told.length, sites.length);
  for (const [index, { properties }] of sites.entries()) {
    assert.ok(told[index].includes(properties.parcels.split('+').join(' + ')), told[index]);
    const [lo, hi] = [Math.floor(properties.seniors_lo), Math.ceil(properties.seniors_hi)].map((n) => n.toLocaleString('en-US'));
    assert.ok(told[index].includes(`${lo}–${hi}人`) || lo === hi, `${lo} ${hi}: ${told[index]}`);
    assert.ok(told[index].includes(`候補 ${properties.rules_out}`), told[index]);
  }
  await goTo(map, 'sites', 1);
  await shot('found');
  const [lon, lat] = await map.page.evaluate('window.kyoten.map.getCenter().toArray()');
  const ring = sites[1].geometry.coordinates[0];
  const between = (value, axis) => value >= Math.min(...ring.map((at) => at[axis])) && value <= Math.max(...ring.map((at) => at[axis]));
  assert.ok(between(lon, 0) && between(lat, 1), `${lon} ${lat} is not in the site`);
  const note = await map.page.evaluate(`document.querySelector('.maplibregl-popup .note').innerText`);
  assert.ok(note.includes(`2. ${sites[1].properties.parcels}`), note);
  // A click on the sign on the map opens the same.
  await map.page.key('Escape');
  assert.equal(await map.page.evaluate(`document.querySelector('.maplibregl-popup')`), null);
  await map.clickAt([lon, lat]);
  assert.equal(await map.page.evaluate(`document.querySelector('.maplibregl-popup .note').innerText`), note);
  const items = await entries(map, 'survey');
  assert.equal(items.length, survey.filter(({ geometry }) => geometry).length);
  for (const [index, { properties, geometry }] of survey.entries()) {
    if (!geometry) continue;
    await goTo(map, 'survey', index);
    const centre = await map.page.evaluate('window.kyoten.map.getCenter().toArray()');
    assert.ok(Math.hypot(centre[0] - geometry.coordinates[0], centre[1] - geometry.coordinates[1]) < 1e-5, properties.title);
    assert.ok((await map.page.evaluate(`document.querySelector('.maplibregl-popup .note').innerText`)).includes(properties.title));
  }
  const zones = assessed.filter(({ properties }) => properties.role === 'zone');
  assert.equal((await entries(map, 'assessed')).length, zones.length);
  await goTo(map, 'assessed', 0);
  await shot('found-assessed');
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(), []);
  return `${sites.length} sites, ${survey.length} items, ${zones.length} zones`;
});

test('every switch of what was added changes the picture and changes it back', async ({ config, run, open }) => {
  const map = await open(run(config.found).map, { hash: '#zone=senior_site&lang=en', size: WIDE });
  const all = await map.picture();
  const keys = ['sites', 'site_circles', 'survey', 'assessed'];
  for (const key of keys) {
    await map.turn(key);
    assert.notEqual((await map.picture()).hash, all.hash, `${key} changes nothing to be seen`);
    await map.turn(key);
  }
  assert.equal((await map.picture()).hash, all.hash);
  const english = await map.page.evaluate(`document.querySelector('#legend').innerText`);
  for (const words of ['Chosen sites', 'What to find out first', 'Zones assessed']) assert.ok(english.includes(words), words);
  assert.deepEqual(map.problems(), []);
});

test('on a narrow screen the list lies under the map and covers nothing that is gone to', async ({ config, run, open, shot }) => {
  const map = await open(run(config.found).map, { hash: '#zone=senior_site&lang=ja', size: NARROW });
  await map.page.clickOn('#tab-found');
  await goTo(map, 'sites', 0);
  const [x, y] = await map.at(await map.page.evaluate('window.kyoten.map.getCenter().toArray()'));
  const on = await map.page.evaluate(`document.elementFromPoint(${x}, ${y}).tagName`);
  assert.equal(on, 'CANVAS');
  const tabs = await map.page.evaluate(`[...document.querySelectorAll('.tabs button')].map((tab) => tab.getBoundingClientRect()).map(({ left, right, height }) => [left, right, height])`);
  assert.ok(tabs.every(([left, right, height]) => left >= 0 && right <= NARROW.width && height < 60), JSON.stringify(tabs));
  await shot('found-narrow');
  assert.deepEqual(map.problems(), []);
});
