/**
 * A module that is loaded into the command before everything else: kills it by SIGKILL at one of its accesses to the
 * disk, counted from the first in its backup. A write is done by half before.
 */
export const killer = `
import { Buffer } from "node:buffer";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import process from "node:process";

const killAt = Number(process.env.KILL_AT);
const writeCount = fs.writeFileSync;
let count = 0;

function die() {
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment, and nothing shall happen in it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

function step(doHalf) {
  count += 1;
  if (count !== killAt) return;
  doHalf();
  die();
}

function isCounted(path) {
  return count > 0 || String(path).includes(".faas-migrate/backup");
}

function half(content) {
  const bytes = Buffer.from(content);
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

for (const name of ["mkdirSync", "renameSync", "linkSync", "rmSync", "ftruncateSync", "fsyncSync"]) {
  const original = fs[name];
  fs[name] = (path, ...rest) => {
    if (isCounted(path)) step(() => undefined);
    return original(path, ...rest);
  };
}

const { writeFileSync, writeSync } = fs;
fs.writeFileSync = (path, content, options) => {
  if (isCounted(path)) step(() => writeFileSync(path, half(content), options));
  return writeFileSync(path, content, options);
};
fs.writeSync = (file, content, ...place) => {
  if (isCounted("")) step(() => writeSync(file, half(content), 0, undefined, place[2]));
  return writeSync(file, content, ...place);
};

const { open } = fs.promises;
fs.promises.open = async (path, ...rest) => {
  if (isCounted(path)) step(() => undefined);
  const file = await open(path, ...rest);
  const { writeFile, sync, close } = file;
  file.writeFile = (content) => {
    step(() => writeSync(file.fd, half(content)));
    return writeFile.call(file, content);
  };
  file.sync = () => {
    step(() => undefined);
    return sync.call(file);
  };
  file.close = () => {
    step(() => undefined);
    return close.call(file);
  };
  return file;
};

syncBuiltinESMExports();

process.on("exit", () => {
  writeCount(process.env.KILL_COUNT ?? "", String(count));
});
`;
