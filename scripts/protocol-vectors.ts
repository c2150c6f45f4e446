/** Writes docs/protocol-vectors.json. Run it after a format gained a structure; never to change an old one. */
import { writeFileSync } from 'node:fs';
import { createNodeCrypto } from '../base/crypto/node-crypto.ts';
import { createCrypto } from '../base/crypto/self-test.ts';
import { makeProtocolVectors, vectorChance } from '../sync/formats/vectors.ts';

const crypto = createNodeCrypto(vectorChance(createCrypto().sha256));
const target = new URL('../docs/protocol-vectors.json', import.meta.url);
writeFileSync(target, `${JSON.stringify(makeProtocolVectors(crypto), null, 2)}\n`);
