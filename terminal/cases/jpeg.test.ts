import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concat, utf8 } from '../../base/bytes.ts';
import { checkJpeg } from '../../catalog/jpeg.ts';
import { PHOTO_LIMITS } from '../../catalog/photo.ts';
import { JFIF, jpegOf, segment } from '../visit/testing/photos.ts';

const jfif = segment(0xe0, JFIF);

it('takes a drawn picture, and tells its size', () => {
  expect(checkJpeg(jpegOf({ width: 2592, height: 1944 }))).toEqual({
    ok: true,
    value: { width: 2592, height: 1944 },
  });
  const profile = segment(0xe2, concat(utf8('ICC_PROFILE\0'), new Uint8Array(458)));
  expect(checkJpeg(jpegOf({ parts: [jfif, profile] })).ok).toBe(true);
});

it.each<[string, Uint8Array, string]>([
  ['nothing', new Uint8Array(0), 'no-jpeg'],
  ['a PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), 'no-jpeg'],
  ['a file cut off', jpegOf({}).subarray(0, 60), 'no-jpeg'],
  ['one with no end', jpegOf({}).subarray(0, -2), 'no-jpeg'],
  ['one byte too many bytes', jpegOf({ data: new Uint8Array(PHOTO_LIMITS.maxBytes) }), 'too-large'],
  ['places and times', jpegOf({ parts: [jfif, segment(0xe1, utf8('Exif\0\0'))] }), 'holds-more'],
  ['a comment', jpegOf({ parts: [jfif, segment(0xfe, utf8('made by'))] }), 'holds-more'],
  [
    'a small second picture',
    jpegOf({ parts: [segment(0xe0, concat(JFIF, new Uint8Array(27)))] }),
    'holds-more',
  ],
  [
    'a profile with room to hide in',
    jpegOf({ parts: [segment(0xe2, concat(utf8('ICC_PROFILE\0'), new Uint8Array(2_000)))] }),
    'holds-more',
  ],
  ['something behind its end', jpegOf({ behind: utf8('<script>') }), 'holds-more'],
  ['a picture that would unfold to gigabytes', jpegOf({ width: 65_000, height: 65_000 }), 'wrong-size'],
  ['a picture nobody could make out', jpegOf({ width: 40, height: 40 }), 'wrong-size'],
])('refuses %s', (_name, bytes, why) => {
  expect(checkJpeg(bytes)).toEqual({ ok: false, error: why });
});

it('never throws, and takes nothing but what ends where it says', () => {
  const good = jpegOf({});
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 6 }), (at, put) => {
      const bytes = concat(good.subarray(0, at), put, good.subarray(at + put.length));
      const checked = checkJpeg(bytes);
      if (checked.ok) expect([...bytes.slice(-2)]).toEqual([0xff, 0xd9]);
    }),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !checkJpeg(bytes).ok));
});
