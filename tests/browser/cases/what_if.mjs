// What-ifs: whatever status the page tells under other thresholds is that of a run with these thresholds.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { ZONES } from '../run.mjs';

/** Of the parcels of a zone that the thresholds decide, so many at most may need a run. */
const MOST_OPEN = 0.02;

/**
 * What moves zones at which others look, or which are asked as wholes: there, only a run can tell. Central zones are asked as wholes,
 * local ones look at these, and the site of a senior facility lies in a senior zone.
 */
const MOVED = { min_public_land: ['central', 'local', 'senior_site'], min_seniors_per_ha: ['senior_site'] };

/** Holds every status that the page tells under what is assumed against that of the run with these thresholds; `tell` gets how many are open. */
async function compare(map, parcels, zones, what_ifs, run, tell) {
  for (const { thresholds, run: folder } of what_ifs) {
    await map.assume(thresholds);
    const name = Object.entries(thresholds).map((pair) => pair.join('=')).join(' ');
    const statuses = await map.statuses(parcels);
    const counts = await map.counts();
    const again = run(folder);
    for (const zone of zones) {
      const open = statuses.filter((one) => one[zone] === 'needs_run').length;
      statuses.forEach((one, parcel) => {
        const { kyoten_id, [zone]: wanted } = again.parcels[parcel].properties;
        if (one[zone] !== 'needs_run') assert.equal(one[zone], wanted, `${name}: ${zone} of parcel ${kyoten_id} (${parcel})`);
      });
      const { needs_run = 0, ...sure } = counts[zone];
      assert.equal(needs_run, open, `${name}: ${zone}`);
      const wanted = again.counts(zone);
      for (const [status, count] of Object.entries(sure)) {
        const most = wanted[status] ?? 0;
        assert.ok(count <= most && count >= most - open, `${name}: ${zone}: ${status} ${count}, in the run ${most}, open ${open}`);
      }
      tell(name, thresholds, zone, open);
    }
  }
}

test('what the page says of other thresholds is what a run says', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const map = await open(small.map);
  const told = [];
  await compare(map, small.parcels.length, ZONES, config.what_ifs, run, (name, thresholds, zone, open) => {
    const moves = Object.keys(thresholds).some((key) => MOVED[key]?.includes(zone));
    if (!moves) assert.ok(open <= MOST_OPEN * small.parcels.length, `${name}: ${zone}: ${open} parcels need a run`);
    if (open > 0) told.push(`${name} ${zone} ${open}`);
  });
  await map.idle();
  await shot('what-if-map');
  assert.deepEqual(map.problems(), []);
  return `${config.what_ifs.length} what-ifs of ${small.parcels.length} parcels; needing a run: ${told.join(', ') || 'none'}`;
});

test('under rules of a city’s own as well', async ({ config, run, open, shot }) => {
  const own = run(config.own.run);
  const map = await open(own.map);
  const zones = Object.keys(await map.counts());
  assert.deepEqual(zones, ['housing', 'core', 'dense', 'lots', 'near_core']);
  const told = [];
  await compare(map, own.parcels.length, zones, config.own.what_ifs, run, (name, _, zone, open) => {
    if (open > 0) told.push(`${name} ${zone} ${open}`);
  });
  await shot('own-rules');
  assert.deepEqual(map.problems(), []);
  return `${config.own.what_ifs.length} what-ifs of ${own.parcels.length} parcels; needing a run: ${told.join(', ') || 'none'}`;
}, { patience: 120_000 });

test('outlines that need not hold under a what-if are taken off the map, and come back', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const map = await open(small.map, { hash: '#lang=ja&switch=place.enough-public-land' });
  const drawn = async () => (await map.page.evaluate(`window.kyoten.map.queryRenderedFeatures({ layers: ['zone-eligible', 'zone-labels', 'place-enough-public-land-sure-line'].filter((id) => window.kyoten.map.getLayer(id)) }).map(({ layer }) => layer.id)`));
  const has = async (layer) => (await drawn()).includes(layer);
  const said = () => map.page.evaluate(`document.querySelector('#banner .gone')?.textContent ?? ''`);
  const hectares = () => map.page.evaluate(`document.querySelectorAll('#legend .zones li').length`);
  const before = await map.picture();
  const listed = await hectares();
  assert.ok((await has('zone-eligible')) && (await has('zone-labels')) && (await has('place-enough-public-land-sure-line')) && listed > 0);
  // The share that is asked of a parcel moves no outline.
  await map.assume({ membership: 0.9 });
  await map.idle();
  assert.ok((await has('zone-eligible')) && (await hectares()) === listed);
  assert.equal(await said(), '');
  await map.assume({ min_public_land: 0.05 });
  await map.idle();
  assert.deepEqual(await drawn(), []);
  assert.equal(await hectares(), 0);
  for (const words of ['候補区域の輪郭と面積（中心拠点区域）', '公共用地率']) assert.ok((await said()).includes(words), await said());
  await shot('what-if-gone');
  // What is gone is not found either.
  await map.page.clickOn('#search');
  await map.page.type('中心拠点区域');
  await map.page.waitFor(`!!document.querySelector('#hits li')`);
  assert.equal(await map.page.evaluate(`[...document.querySelectorAll('#hits .kind')].filter(({ textContent }) => textContent === '候補区域').length`), 0);
  await map.page.key('Escape');
  await map.page.clickOn('#banner button[data-key="reset"]');
  await map.page.waitFor(`document.querySelector('#banner').hidden`);
  assert.equal((await map.picture()).hash, before.hash);
  assert.equal(await hectares(), listed);
  assert.deepEqual(map.problems(), []);
});

test('facilities too close together, and their circles, follow the spacing that is assumed', async ({ config, run, open }) => {
  const small = run(config.small);
  const map = await open(small.map, { hash: '#lang=ja&zone=senior_site' });
  const shown = () => map.page.evaluate(`(async () => {
    const { map } = window.kyoten;
    const points = map.querySourceFeatures('facilities').filter(({ properties }) => properties.conflict).map(({ properties }) => properties.number);
    const circles = map.getLayer('circles-line') ? map.getLayoutProperty('circles-line', 'visibility') !== 'none' : false;
    return { conflicts: [...new Set(points)].sort((a, b) => a - b), circles };
  })()`);
  const closer = (metres) => small.layer('facilities.geojson').features.map(({ properties }) => properties)
    .filter(({ nearest_same_kind_m: at }) => at !== null && at < metres).map(({ number }) => number).sort((a, b) => a - b);
  await map.idle();
  assert.deepEqual(await shown(), { conflicts: closer(700), circles: true });
  await map.assume({ facility_spacing_m: 100 });
  await map.idle();
  assert.deepEqual(await shown(), { conflicts: closer(100), circles: false });
  assert.notDeepEqual(closer(100), closer(700));
  await map.page.evaluate('window.kyoten.reset()');
  await map.idle();
  assert.deepEqual(await shown(), { conflicts: closer(700), circles: true });
  assert.deepEqual(map.problems(), []);
});

test('a slider and its number assume a threshold, and the button ends it', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const { thresholds, run: folder } = config.what_ifs.find(({ thresholds }) => thresholds.min_site_m2 === 1000);
  assert.deepEqual(Object.keys(thresholds), ['min_site_m2']);
  const map = await open(small.map);
  await map.chooseZone('senior_site');
  await map.page.clickOn('#tab-whatif');
  const before = await map.picture();
  // The number: typed.
  await map.page.clickOn('#whatif input[data-key="min_site_m2 number"]');
  await map.page.evaluate(`document.querySelector('#whatif input[data-key="min_site_m2 number"]').select()`);
  await map.page.type('1000');
  await map.page.key('Enter');
  await map.page.waitFor(`window.kyoten.counts().senior_site.ineligible === ${run(folder).counts('senior_site').ineligible}`);
  assert.notEqual((await map.picture()).hash, before.hash);
  const toml = await map.page.evaluate(`document.querySelector('#banner pre').textContent`);
  assert.equal(toml, '[thresholds]\nmin_site_m2 = 1000\n');
  await shot('slider');
  await map.page.clickOn('#banner button[data-key="reset"]');
  await map.page.waitFor(`document.querySelector('#banner').hidden`);
  assert.equal((await map.counts()).senior_site.ineligible, small.counts('senior_site').ineligible);
  assert.equal((await map.picture()).hash, before.hash);
  // The slider: by keys.
  await map.page.evaluate(`document.querySelector('#whatif input[data-key="min_site_m2 slider"]').focus()`);
  for (let step = 0; step < 3; step++) await map.page.key('ArrowRight');
  await map.page.waitFor(`location.hash.includes('min_site_m2=330')`);
  await map.idle();
  assert.deepEqual(map.problems(), []);
});
