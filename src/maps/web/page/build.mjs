// Builds the page: one HTML file with everything in it, which opens from disk and asks the network for nothing.
//
//   npm ci && npm run build
//
// writes ../page.html. The same sources give the same bytes. The first comment of the page holds the SHA-256 over its
// sources, so that a test can tell that the page is stale:
//
//   the sources are package.json, package-lock.json, build.mjs, page.html, style.css, and all files below src/ and
//   licences/; sorted by their path (with `/`, relative to this folder, by UTF-8 bytes);
//   of each, in this order: the path in UTF-8, a NUL byte, the length of the file in bytes in decimal digits, a NUL
//   byte, the bytes of the file.
//
// The page says `<!-- kyoten page, sources sha256:HEX -->`.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = join(HERE, "..", "page.html");

/** All files below a folder, as paths from here. */
function below(folder) {
  return readdirSync(join(HERE, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? below(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
  );
}

/** The SHA-256 over the sources, as told above. */
export function sourcesHash() {
  const paths = ["package.json", "package-lock.json", "build.mjs", "page.html", "style.css", ...below("src"), ...below("licences")];
  const hash = createHash("sha256");
  for (const path of paths.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    const bytes = readFileSync(join(HERE, path));
    hash.update(path).update("\0").update(String(bytes.length)).update("\0").update(bytes);
  }
  return hash.digest("hex");
}

const COMMON = {
  absWorkingDir: HERE,
  bundle: true,
  minify: true,
  write: false,
  charset: "utf8",
  legalComments: "none",
  target: "es2022",
  metafile: true,
  logLevel: "warning",
};

const page = await build({ ...COMMON, entryPoints: ["src/main.ts"], format: "esm" });
// A classic script, so that it starts from a Blob on a page opened from disk (see src/map/worker.ts).
const worker = await build({
  ...COMMON,
  entryPoints: ["maplibre-gl/dist/maplibre-gl-worker.mjs"],
  format: "iife",
  // Only asked for by other builds of the library; a classic script has none.
  define: { "import.meta.url": '""' },
});
const style = await build({ ...COMMON, entryPoints: ["style.css"], loader: { ".svg": "dataurl" } });

/** Licences of packages that have no file of their own in their archive. */
const OWN_LICENCES = { "murmurhash-js": "licences/murmurhash-js.txt", pmtiles: "licences/pmtiles.txt" };

/**
 * The packages whose code may stand in the page: those that the page uses, and all that these use; the map library's
 * own file has its dependencies built in.
 */
function bundled() {
  const lock = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  const found = new Set();
  const visit = (name) => {
    const entry = lock.packages[`node_modules/${name}`];
    if (!entry || found.has(name) || name.startsWith("@types/")) return;
    found.add(name);
    Object.keys(entry.dependencies ?? {}).forEach(visit);
  };
  Object.keys(lock.packages[""].dependencies).forEach(visit);
  return [...found].sort();
}

/** The texts of all licences. */
function licences() {
  return bundled()
    .map((name) => {
      const folder = join(HERE, "node_modules", name);
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const file = readdirSync(folder).sort().find((one) => /^(licen[cs]e|copying)/i.test(one));
      const own = OWN_LICENCES[name];
      if (!file && !own) throw new Error(`no licence text of ${name}`);
      const text = readFileSync(file ? join(folder, file) : join(HERE, own), "utf8").replaceAll("\r", "").trim();
      return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
    })
    .join("\n");
}

/** A text that may stand in a script element. */
function inScript(text) {
  return text.replaceAll(/<(?=\/script|script|!--)/gi, "\\x3c");
}

function sha256(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const script = inScript(page.outputFiles[0].text.trim());
const css = style.outputFiles[0].text.trim();
const GSI = "https://cyberjapandata.gsi.go.jp";
const csp = [
  "default-src 'none'",
  // `blob:` for the map library's worker only.
  `script-src ${sha256(script)} blob:`,
  "worker-src blob:",
  // The library sets styles of elements.
  "style-src 'unsafe-inline'",
  `img-src 'self' data: blob: ${GSI}`,
  `connect-src 'self' data: blob: ${GSI}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

const fill = {
  csp,
  style: css,
  licences: licences().replaceAll("</", "<\\/"),
  worker: inScript(worker.outputFiles[0].text.trim()),
  script,
};
const html = readFileSync(join(HERE, "page.html"), "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => fill[name]);
const comment = `<!-- kyoten page, sources sha256:${sourcesHash()} -->`;
const whole = html.replace("<!doctype html>", `<!doctype html>\n${comment}`);
if (whole.split("<!--kyoten:data-->").length !== 2) throw new Error("the marker of the data must stand in the page once");
writeFileSync(OUT, whole);
console.log(`${OUT}: ${(whole.length / 1e6).toFixed(2)} MB (script ${(script.length / 1e6).toFixed(2)}, worker ${(fill.worker.length / 1e6).toFixed(2)})`);
