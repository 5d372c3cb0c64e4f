// Builds the page into graph_api/web/graphiql: `npm ci && npm run build`, or `make ide` from the folder above. The same lock gives the same bytes.
import {createHash} from "node:crypto";
import {copyFile, mkdir, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {build} from "esbuild";
import {PATCHES, patched} from "./patches.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PAGE = join(HERE, "..", "graph_api", "web", "graphiql");
const ASSETS = join(PAGE, "assets");
const MADE_HERE = ["graphiql.js", "graphiql.css", "icon.svg", "LICENSES.txt"];

const applied = new Set();
const changes = {
  name: "changes",
  setup(build) {
    for (const [name, file] of [["title", "title.js"], ["types", "types.jsx"], ["ids", "ids.js"]]) {
      build.onResolve({filter: new RegExp(`^detention-graph-${name}$`)}, () => ({path: join(HERE, "src", file)}));
    }
    build.onResolve({filter: /^react-style-singleton$/}, () => ({path: join(HERE, "src", "sheet.js")}));
    build.onLoad({filter: /node_modules\/(@graphiql|graphiql|graphql|codemirror)\/.*\.m?js$/}, async ({path}) => {
      const file = path.split("node_modules/").at(-1);
      if (!(file in PATCHES)) return undefined;
      applied.add(file);
      return {contents: patched(file, await readFile(path, "utf8")), loader: "js"};
    });
    // 500 kB of fonts inside the style sheet; the fonts of the system know Ukrainian as well
    build.onLoad({filter: /graphiql\/dist\/style\.css$/}, async ({path}) => ({
      contents: (await readFile(path, "utf8")).replaceAll(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

const {metafile} = await build({
  absWorkingDir: HERE,
  entryPoints: {graphiql: "src/main.jsx"},
  outdir: ASSETS,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome115", "firefox115", "safari16.4"],
  jsx: "automatic",
  define: {"process.env.NODE_ENV": '"production"'},
  legalComments: "none", // all of them stand in LICENSES.txt
  metafile: true,
  plugins: [changes],
});

const left = Object.keys(PATCHES).filter((file) => !applied.has(file));
if (left.length) throw new Error(`patches of files that are not in the bundle: ${left.join(", ")}`);

await mkdir(ASSETS, {recursive: true});
await copyFile(join(HERE, "src", "index.html"), join(PAGE, "index.html"));
await copyFile(join(HERE, "src", "icon.svg"), join(ASSETS, "icon.svg"));
await writeFile(join(ASSETS, "LICENSES.txt"), await licences(Object.keys(metafile.inputs)));
for (const name of await readdir(ASSETS)) {
  if (!MADE_HERE.includes(name) && name !== "cookbook.json") await rm(join(ASSETS, name)); // cookbook.json is made by the tests
}

// The tests need no Node to tell whether what is committed was built from what is committed.
const SOURCES = ["build.mjs", "package-lock.json", "package.json", "patches.mjs", ...(await readdir(join(HERE, "src"))).map((name) => `src/${name}`)].sort();
const sums = SOURCES.map(async (name) => `${createHash("sha256").update(await readFile(join(HERE, name))).digest("hex")}  ${name}\n`);
await writeFile(join(PAGE, "built-from.txt"), (await Promise.all(sums)).join(""));

/** Return the names, versions and licences of the packages in the bundle, each text once; a licence that is not permissive ends the build. */
async function licences(inputs) {
  const folders = new Set(inputs.map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const packages = new Map();
  for (const folder of [...folders].sort()) {
    const about = JSON.parse(await readFile(join(HERE, folder, "package.json"), "utf8"));
    if (!/^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0)$/.test(about.license ?? "")) throw new Error(`${about.name}: licence ${about.license}`);
    const file = (await readdir(join(HERE, folder))).filter((name) => /^licen[cs]e/i.test(name)).sort()[0];
    const text = file ? (await readFile(join(HERE, folder, file), "utf8")).replaceAll("\r\n", "\n").trim() : `(the package has no file of its own; it says: ${about.license})`;
    packages.set(text, [...(packages.get(text) ?? []), `${about.name} ${about.version}: ${about.license}`]);
  }
  const parts = [...packages].map(([text, names]) => `${"=".repeat(80)}\n${names.join("\n")}\n\n${text}\n`);
  return ["The page at /graphiql contains these packages.\n", ...parts].join("\n");
}
