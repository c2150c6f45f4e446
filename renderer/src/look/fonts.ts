/** Our own letters, so that the screen looks the same on a machine with no Chinese font at all. */
import '@fontsource-variable/noto-sans-sc/index.css';
import '@fontsource-variable/noto-serif-sc/index.css';
import './whole-font.css';
