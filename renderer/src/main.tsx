import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './look/fonts.ts';
import './look/tokens.css';
import './look/base.css';
import { connectScreen } from './link/connect-screen.ts';
import { ScreenApp } from './ScreenApp.tsx';

const place = document.getElementById('screen');
if (place === null) throw new Error('broken invariant: the page has no place for the screen');
createRoot(place).render(
  <StrictMode>
    <ScreenApp link={connectScreen()} />
  </StrictMode>,
);
