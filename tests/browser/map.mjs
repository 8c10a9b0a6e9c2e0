// The map of a run in a real browser: `node map.mjs normal|large CONFIG.json [PART-OF-A-NAME]`.
// `tests/map_in_browser.rs` makes the runs, writes the configuration and calls this.

import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { runAll } from './cases.mjs';
import { Browser } from './chromium.mjs';
import { MapPage } from './map_page.mjs';
import { Run } from './run.mjs';

/** So long may everything take, milliseconds. */
const PATIENCE = { normal: 600_000, large: 900_000 };

const [group, config, wanted] = process.argv.slice(2);
const modules = {
  normal: ['opens', 'parcels', 'layers', 'search', 'language', 'what_if', 'hostile', 'keyboard', 'draw', 'found', 'paper', 'full', 'served'],
  large: ['served'],
}[group];
if (!modules || !config) throw new Error('usage: node map.mjs normal|large CONFIG.json [PART-OF-A-NAME]');
for (const name of modules) await import(`./cases/${name}.mjs`);

setTimeout(() => {
  console.log(`not ok everything together took more than ${PATIENCE[group] / 1000} s`);
  process.exit(1);
}, PATIENCE[group]).unref();

const shots = process.env.KYOTEN_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const began = Date.now();
const browser = await Browser.launch();
const runs = new Map();
let last;

const fine = await runAll(
  {
    config: JSON.parse(readFileSync(config, 'utf8')),
    group,
    browser,
    /** The files of a run. */
    run(folder) {
      if (!runs.has(folder)) runs.set(folder, new Run(folder));
      return runs.get(folder);
    },
    /** Opens a page of its own, in place of that of the case before. */
    async open(where, options) {
      await last?.close().catch(() => {});
      last = undefined;
      last = await MapPage.open(browser, where, options);
      return last;
    },
    /** Keeps a picture where `$KYOTEN_SHOTS` asks for them. */
    async shot(name) {
      if (shots) await last?.page.screenshot(join(shots, `${name}.png`));
    },
    async broken(name) {
      await this.shot(`not-ok ${name.replaceAll(/\W+/g, '-')}`).catch(() => {});
    },
  },
  wanted,
);
await browser.close();
console.log(`${browser.version}, ${((Date.now() - began) / 1000).toFixed(0)} s`);
process.exit(fine ? 0 : 1);
