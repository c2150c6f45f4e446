/** express-pouchdb on LevelDB, set up as sparingly as it can be. Started like any program here: `--config <file>`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import expressPouch from 'express-pouchdb';
import PouchDB from 'pouchdb';

const { folder } = JSON.parse(readFileSync(process.argv[process.argv.indexOf('--config') + 1], 'utf8'));
const Databases = PouchDB.defaults({ prefix: join(folder, '/') });
const app = express();
app.use(
  expressPouch(Databases, {
    mode: 'minimumForPouchDB',
    inMemoryConfig: true,
    logPath: join(folder, 'log.txt'),
  }),
);
const server = app.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  process.stdout.write(`${JSON.stringify({ ready: { url } })}\n`);
});
process.stdin.on('end', () => process.exit(0)).resume();
