import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './look/fonts.ts';
import './look/tokens.css';
import './look/base.css';
import { lockPage } from './browser/lock-page.ts';
import { connectScreen, tellAlive } from './link/connect-screen.ts';
import { ScreenApp } from './ScreenApp.tsx';

lockPage(window);
const place = document.getElementById('screen');
if (place === null) throw new Error('broken invariant: the page has no place for the screen');
const link = connectScreen();
tellAlive(link);
createRoot(place).render(
  <StrictMode>
    <ScreenApp link={link} />
  </StrictMode>,
);
