// Language: what the run says in two languages is shown in the page's.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';

/** The notices of the drawer: the severity, and all that is said. */
async function notices(map) {
  await map.page.clickOn('#open-about');
  await map.page.waitFor(`document.querySelector('#about').open`);
  const told = await map.page.evaluate(`[...document.querySelectorAll('#about .notices > li')]
    .map((one) => ({ severity: one.querySelector('.severity').textContent, text: one.textContent }))`);
  await map.page.key('Escape');
  await map.page.waitFor(`!document.querySelector('#about').open`);
  return told;
}

test('notices are told in the language of the page', async ({ config, run, open, shot }) => {
  const hostile = run(config.hostile.run);
  const wanted = hostile.layer('run.json').notices;
  assert.ok(wanted.length > 0, 'the run has notices');
  const map = await open(hostile.map);
  const japanese = await notices(map);
  await map.page.clickOn('#language');
  await map.page.waitFor(`document.documentElement.lang === 'en'`);
  const english = await notices(map);
  await shot('notices');
  assert.deepEqual([japanese.length, english.length], [wanted.length, wanted.length]);
  for (const [index, { what, what_ja, advice, advice_ja, severity }] of wanted.entries()) {
    const [ja, en] = [japanese[index], english[index]];
    assert.ok(what_ja.length > 0 && ja.text.includes(what_ja) && !ja.text.includes(what), ja.text);
    assert.ok(en.text.includes(what) && !en.text.includes(what_ja), en.text);
    assert.ok(ja.text.includes(advice_ja) && en.text.includes(advice), `${ja.text} / ${en.text}`);
    assert.ok(en.severity === severity && /^[^\x00-\x7f]+$/.test(ja.severity), `${ja.severity} / ${en.severity}`);
  }
  await map.page.clickOn('#language');
  await map.page.waitFor(`document.documentElement.lang === 'ja'`);
  assert.deepEqual(await notices(map), japanese);
  assert.deepEqual(map.problems(), []);
  return `${wanted.length} notices`;
});
