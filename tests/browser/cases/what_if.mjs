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
