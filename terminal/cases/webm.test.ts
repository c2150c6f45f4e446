import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, utf8 } from '../../base/bytes.ts';
import { RECORDING_LIMITS } from '../../catalog/recording.ts';
import { clusterOf, element, trackOf, webmOf } from '../visit/testing/recordings.ts';
import { checkWebm } from './webm.ts';

it('takes a recording, and tells how long it is', () => {
  expect(checkWebm(webmOf({ seconds: 3 }), 60)).toEqual({ ok: true, value: 3_000 });
  expect(checkWebm(webmOf({ seconds: 61 }), 60)).toEqual({ ok: true, value: 61_000 });
  const whole = webmOf({
    clusters: [element(0x1f43b675, element(0xe7, Uint8Array.of(0)), element(0xa3, new Uint8Array(40)))],
  });
  expect(checkWebm(whole, 60).ok).toBe(true);
});

it.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(0), 'no-webm'],
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'no-webm'],
  ['a file of another type', webmOf({ docType: 'matroska' }), 'no-webm'],
  ['a header alone', webmOf({}).subarray(0, 23), 'no-webm'],
  ['no track', webmOf({ tracks: [] }), 'holds-more'],
  ['moving pictures', webmOf({ tracks: [trackOf(1, 'V_VP8')] }), 'holds-more'],
  ['sound with pictures', webmOf({ tracks: [trackOf(2, 'A_OPUS'), trackOf(1, 'V_VP8')] }), 'holds-more'],
  ['sound of another codec', webmOf({ tracks: [trackOf(2, 'A_VORBIS')] }), 'holds-more'],
  ['notes on where and when', webmOf({ parts: [element(0x1254c367, utf8('here'))] }), 'holds-more'],
  ['a file inside', webmOf({ parts: [element(0x1941a469, utf8('<script>'))] }), 'holds-more'],
  ['something behind its end', webmOf({ behind: utf8('<script>alert(1)</script>') }), 'no-webm'],
  ['silence', webmOf({ clusters: [] }), 'silent'],
  ['more than may be said', webmOf({ seconds: 63 }), 'too-long'],
  [
    'more bytes than may be',
    webmOf({ clusters: [clusterOf(0, new Uint8Array(RECORDING_LIMITS.maxBytes))] }),
    'too-large',
  ],
  [
    'time counted otherwise',
    concat(
      webmOf({ clusters: [], tracks: [trackOf(2, 'A_OPUS')] }),
      element(0x1549a966, element(0x2ad7b1, Uint8Array.of(1))),
      clusterOf(0),
    ),
    'no-webm',
  ],
])('refuses %s', (_name, bytes, why) => {
  expect(checkWebm(bytes, 60)).toEqual({ ok: false, error: why });
});

it('never throws and always ends', () => {
  const good = webmOf({});
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 12 }), (at, put) => {
      checkWebm(concat(good.subarray(0, at), put, good.subarray(at + put.length)), 60);
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !checkWebm(bytes, 60).ok));
});
