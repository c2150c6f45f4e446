/**
 * Draws one sample view, named in the address as `#name/language`, or `#name/language/large/high/low` (or `double` for
 * `large`) for how the screen is set. For developers and tests; never built.
 */
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { ScreenSettings } from '../../../terminal/api.ts';
import '../look/fonts.ts';
import '../look/tokens.css';
import '../look/base.css';
import { ScreenFrame } from '../ScreenFrame.tsx';
import { readPage } from '../voice/page-reader.ts';
import { measure, measureLoss } from './measure.ts';
import { camerasOf, SAMPLE_PHOTOS } from './sample-camera.ts';
import { microphonesOf } from './sample-microphone.ts';
import { SAMPLE_VOICE } from './sample-voice.ts';
import { findView, VIEW_NAMES } from './views.ts';

Object.assign(window, { measure, measureLoss, readPage: () => readPage(document.body) });

/** These settings, with those changed that words of the address name. */
function settingsOf(settings: ScreenSettings, words: readonly string[]): ScreenSettings {
  return {
    ...settings,
    ...(words.includes('large') && { textSize: 'large' }),
    ...(words.includes('double') && { textSize: 'double' }),
    ...(words.includes('high') && { contrast: 'high' }),
    ...(words.includes('low') && { reach: 'low' }),
    ...(words.includes('steady') && { touch: 'steady' }),
  };
}

function Gallery() {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const [name = '', language = 'zh', ...set] = hash.slice(1).split('/');
  if (name === '') {
    return (
      <ul>
        {VIEW_NAMES.map((each) => (
          <li key={each}>
            <a href={`#${each}/zh`}>{each}</a> <a href={`#${each}/en`}>en</a>
          </li>
        ))}
      </ul>
    );
  }
  const found = findView(name, language === 'en' ? 'en' : 'zh');
  const view = found && { ...found, settings: settingsOf(found.settings, set) };
  const cameras = camerasOf(name);
  const microphones = microphonesOf(name);
  return (
    <div data-view={hash.slice(1)}>
      <ScreenFrame
        key={hash}
        view={view}
        refusal={null}
        act={() => undefined}
        files={SAMPLE_PHOTOS}
        cameras={cameras}
        microphones={microphones}
        voice={SAMPLE_VOICE}
      />
    </div>
  );
}

const place = document.getElementById('screen');
if (place === null) throw new Error('broken invariant: the page has no place for the gallery');
createRoot(place).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
