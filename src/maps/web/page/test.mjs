// Runs the tests of tests/*.test.ts: bundled by esbuild, run in this folder by node's own test runner.

import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), "kyoten-page-"));
const names = readdirSync(join(HERE, "tests")).filter((name) => name.endsWith(".test.ts")).sort();
await build({
  absWorkingDir: HERE,
  entryPoints: names.map((name) => `tests/${name}`),
  bundle: true,
  format: "esm",
  platform: "node",
  outdir,
  outExtension: { ".js": ".mjs" },
  logLevel: "warning",
});
const files = names.map((name) => join(outdir, name.replace(/\.ts$/, ".mjs")));
const { status } = spawnSync(process.execPath, ["--test", ...files], { cwd: HERE, stdio: "inherit" });
rmSync(outdir, { recursive: true });
process.exit(status ?? 1);
