// node build.mjs <folder with node_modules> <output>: rebuilds the bundle of SOURCES.md.
import { createRequire } from "node:module";
import path from "node:path";

const [folder, output] = process.argv.slice(2).map((p) => path.resolve(p));
const { build } = createRequire(path.join(folder, "package.json"))("esbuild");
await build({
  entryPoints: [path.join(import.meta.dirname, "bundle.js")],
  nodePaths: [path.join(folder, "node_modules")],
  format: "iife",
  globalName: "Plotly",
  bundle: true,
  minify: true,
  outfile: output,
  define: { global: "window", "define.amd": "false", "process.env.NODE_DEBUG": "false" },
  alias: { stream: "stream-browserify" },
  // MapLibre's style sheet is pulled in by a module whose code is not; nothing here draws maps.
  loader: { ".css": "empty" },
  target: "es2018",
  legalComments: "inline",
});
