import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { ENDPOINTS, feedQuerySchema, fileParamsSchema, openApiDocument } from './contract.ts';

describe('the contract', () => {
  it('makes an OpenAPI document with every path and its parameters', () => {
    const document = JSON.parse(JSON.stringify(openApiDocument('1')));
    expect(document.openapi).toBe('3.1.0');
    for (const [operationId, { method, path }] of Object.entries(ENDPOINTS)) {
      expect(document.paths[path][method.toLowerCase()].operationId).toBe(operationId);
    }
    expect(document.paths['/v1/feed'].get.parameters).toMatchObject([
      { name: 'after', in: 'query', required: true },
      { name: 'waitS', in: 'query', required: false },
    ]);
    expect(document.paths['/v1/keysets'].get.security).toEqual([]);
    expect(document.paths['/v1/hello'].post.security).toEqual([{ terminal: [] }]);
  });

  it('is a document that the linter of OpenAPI finds nothing in, by its strictest rules', async () => {
    const config = await createConfig({ extends: ['recommended-strict'] });
    const lint = (document: object) =>
      lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config });
    const problems = await lint(openApiDocument('1'));
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    expect(await lint({ ...openApiDocument('1'), servers: [] })).not.toEqual([]);
  });

  it('lets through a cursor in base64url and the name of a file, nothing else', () => {
    expect(feedQuerySchema.parse({ after: '' })).toEqual({ after: '', waitS: 0 });
    expect(feedQuerySchema.parse({ after: 'AQ-_', waitS: '25' })).toEqual({ after: 'AQ-_', waitS: 25 });
    for (const wrong of [{}, { after: 'a=' }, { after: '', waitS: '26' }, { after: '', waitS: 'x' }]) {
      expect(feedQuerySchema.safeParse(wrong).success).toBe(false);
    }
    const terminalId = '0'.repeat(32);
    expect(fileParamsSchema.safeParse({ terminalId, name: 'a'.repeat(64) }).success).toBe(true);
    for (const name of ['../x', 'A'.repeat(64), 'a'.repeat(63), `${'a'.repeat(64)}\n`]) {
      expect(fileParamsSchema.safeParse({ terminalId, name }).success).toBe(false);
    }
  });
});
