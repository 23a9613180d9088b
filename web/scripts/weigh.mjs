// Weighs what a browser loads before the first page shows: index.html and all that it and its scripts import at once,
// compressed as the server sends it. Fails above the goal.
import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const goal = 600_000;
const dist = new URL("../dist/", import.meta.url);
const read = (path) => readFileSync(new URL(path, dist));
const seen = new Set();

function follow(path) {
  if (seen.has(path)) return;
  seen.add(path);
  if (!path.endsWith(".js")) return;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  for (const [, imported] of read(path).toString().matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[^;()"']*?from\s*)?["']\.\/([^"']+\.js)["']/g))
    follow(folder + imported);
}

follow("index.html");
for (const [, path] of read("index.html").toString().matchAll(/(?:src|href)="\/-\/console\/([^"]+)"/g)) follow(path);
const total = (compress) => [...seen].reduce((sum, path) => sum + compress(read(path)).length, 0);
const [gzip, brotli] = [total(gzipSync), total(brotliCompressSync)];
console.log(`first load: ${seen.size} files, ${gzip} bytes with gzip, ${brotli} with brotli (goal: at most ${goal})`);
if (gzip > goal) process.exit(1);
