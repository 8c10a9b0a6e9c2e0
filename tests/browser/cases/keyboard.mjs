// The page without a mouse.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';

/** What has the focus, in words. */
const FOCUSED = `(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return '';
  return one.id || one.dataset.key || one.className || one.tagName;
})()`;

test('the Tab key reaches everything that can be used, and shows where it is', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  await map.page.evaluate(`window.kyoten.select('1-1')`);
  await map.panel();
  await map.idle();
  // The legend is filled once more when the page has read what few look at.
  await map.page.waitFor('window.kyoten.timings.later');
  await map.page.evaluate(`document.activeElement.blur(); document.querySelectorAll('details').forEach((one) => { one.open = true; })`);
  // Of a group of radio buttons, or of tabs, one stands in the order: the others follow by arrows.
  const wanted = await map.page.evaluate(`[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex]')]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ checkVisibilityCSS: true }))
    .filter((one) => one.type !== 'radio' || one.checked)
    .map((one) => { one.dataset.wanted = 'yes'; return one.id || one.dataset.key || one.className || one.tagName; })`);
  assert.ok(wanted.length > 40, `${wanted.length} things to use`);
  const unseen = [];
  // The first of all, to begin there.
  await map.page.evaluate(`document.querySelector('#skip').focus(); delete document.querySelector('#skip').dataset.wanted`);
  for (let step = 0; step < wanted.length + 10; step++) {
    await map.page.key('Tab');
    const [name, seen] = await map.page.evaluate(`(() => {
      const one = document.activeElement;
      delete one.dataset.wanted;
      // The label of a hidden box shows the focus in its place.
      const shows = [one, one.nextElementSibling, one.closest('label')].filter(Boolean).map((one) => getComputedStyle(one));
      const seen = shows.some((style) => style.outlineStyle !== 'none' || style.boxShadow !== 'none');
      return [${FOCUSED}, seen];
    })()`);
    if (name === '') break;
    if (!seen) unseen.push(name);
  }
  const left = await map.page.evaluate(`[...document.querySelectorAll('[data-wanted]')].map((one) => one.id || one.dataset.key || one.className || one.tagName)`);
  assert.deepEqual(left, [], 'not reached');
  assert.deepEqual(unseen, [], 'reached, and nothing shows it');
  return `${wanted.length} things`;
});

test('search, panel and drawer are used by keys alone', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  const focused = () => map.page.evaluate(FOCUSED);
  await map.page.key('/');
  assert.equal(await focused(), 'search');
  await map.page.type('1-1');
  await map.page.waitFor(`!document.querySelector('#hits').hidden`);
  await map.page.key('ArrowDown');
  const second = await map.page.evaluate(`document.querySelector('#hits [aria-selected=true] .what').textContent`);
  await map.page.key('Escape');
  assert.ok(await map.page.evaluate(`document.querySelector('#hits').hidden`));
  await map.page.key('ArrowDown');
  await map.page.type(' ');
  await map.page.waitFor(`!document.querySelector('#hits').hidden`);
  await map.page.key('ArrowDown');
  await map.page.key('Enter');
  assert.equal((await map.panel()).title, second);
  await map.idle();
  await map.page.key('Escape');
  await map.page.waitFor(`document.querySelector('#parcel').hidden`);
  // In the map, arrows move it.
  const where = () => map.page.evaluate('window.kyoten.map.getCenter().toArray().join()');
  const before = await where();
  assert.equal(await map.page.evaluate(`!!document.activeElement.closest('#map')`), true, 'the map has the focus again');
  await map.page.key('ArrowRight');
  await map.page.waitFor(`window.kyoten.map.getCenter().toArray().join() !== '${before}'`);
  // The drawer keeps the focus and gives it back.
  await map.page.evaluate(`document.querySelector('#open-about').focus()`);
  await map.page.key('Enter');
  await map.page.waitFor(`document.querySelector('#about').open`);
  for (let step = 0; step < 5; step++) {
    await map.page.key('Tab');
    assert.ok(await map.page.evaluate(`document.activeElement === document.body || !!document.activeElement.closest('#about')`));
  }
  await map.page.key('Escape');
  await map.page.waitFor(`!document.querySelector('#about').open`);
  assert.equal(await focused(), 'open-about');
  // Zones and tabs by arrows.
  await map.page.evaluate(`document.querySelector('#zones input:checked').focus()`);
  await map.page.key('ArrowRight');
  await map.page.waitFor(`location.hash.includes('zone=local')`);
  await map.page.evaluate(`document.querySelector('#tab-legend').focus()`);
  await map.page.key('ArrowRight');
  assert.equal(await focused(), 'tab-whatif');
  assert.ok(await map.page.evaluate(`!document.querySelector('#whatif').hidden`));
  assert.deepEqual(map.problems(), []);
});

test('everything has a name for a screen reader', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  await map.page.evaluate(`window.kyoten.select('1-1')`);
  await map.panel();
  await map.page.send('Accessibility.enable');
  const { nodes } = await map.page.send('Accessibility.getFullAXTree');
  const used = ['button', 'checkbox', 'radio', 'combobox', 'slider', 'spinbutton', 'tab', 'link', 'dialog', 'searchbox'];
  const there = nodes.filter(({ ignored, role }) => !ignored && used.includes(role?.value));
  const nameless = there.filter(({ name }) => !name?.value?.trim()).map(({ role }) => role.value);
  assert.ok(there.length > 30, `${there.length} things`);
  assert.deepEqual(nameless, []);
  return `${there.length} things`;
});
