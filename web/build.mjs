// Dựng phần tương tác: bundles each web/src/*.ts into app/static/built/<name>.js.
//
// Contract: one file per island, no loader, no address of another host; readable enough for an auditor (names kept, a source map
// beside it), old enough for the browsers of Windows 7 (Chrome 109).
import { existsSync, readdirSync } from "node:fs";
import { build } from "esbuild";

const sources = new URL("./src/", import.meta.url);
const islands = existsSync(sources) ? readdirSync(sources).filter((name) => /^[^.]+\.ts$/.test(name)) : [];
const root = new URL(".", import.meta.url);

await build({
  absWorkingDir: (await import("node:url")).fileURLToPath(root),
  entryPoints: islands.map((name) => `src/${name}`),
  outdir: "../src/tinnhiem/app/static/built",
  bundle: true,
  format: "iife",
  target: "chrome109",
  charset: "utf8",
  sourcemap: "linked",
  legalComments: "inline",
  logLevel: "warning",
});
