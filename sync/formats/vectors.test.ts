import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createNodeCrypto } from '../../base/crypto/node-crypto.ts';
import { createCrypto } from '../../base/crypto/self-test.ts';
import { makeProtocolVectors, vectorChance } from './vectors.ts';

it('makes the published vectors, byte for byte', () => {
  const crypto = createNodeCrypto(vectorChance(createCrypto().sha256));
  const published = JSON.parse(
    readFileSync(new URL('../../docs/protocol-vectors.json', import.meta.url), 'utf8'),
  );
  expect(makeProtocolVectors(crypto)).toEqual(published);
});
