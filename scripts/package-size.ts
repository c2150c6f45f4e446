/**
 * `npm run package:size [FOLDER]`: what a package weighs, part by part, and beside the package its bill of materials
 * (`yizhan.cdx.json`, CycloneDX 1.6). FOLDER is the unpacked package, `dist/packages/linux-unpacked` unless said.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readArchive, readFolder } from './package/archive.ts';
import { sbomOfPackage } from './package/of-package.ts';
import { partsOf, sizeTable } from './package/sizes.ts';

const ROOT = join(import.meta.dirname, '..');
const folder = resolve(process.argv[2] ?? join(ROOT, 'dist/packages/linux-unpacked'));
const archive = join(folder, 'resources', 'app.asar');
if (!existsSync(archive)) {
  console.error(`no package in ${folder}: npm run build, then npx electron-builder --linux --dir`);
  process.exit(64);
}
const archived = readArchive(archive);
const whole = readFolder(folder).reduce((sum, { bytes }) => sum + bytes, 0);
const sbom = sbomOfPackage(ROOT, archived);
const file = join(dirname(folder), 'yizhan.cdx.json');
writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
process.stdout.write(`${sizeTable(partsOf(archived)).join('\n')}\n`);
process.stdout.write(
  `with Electron ${(whole / 1e6).toFixed(1)} MB; ${sbom.components.length} parts of others in ${file}\n`,
);
