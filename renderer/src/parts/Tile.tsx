import { Button } from 'react-aria-components/Button';
import type { PictureName } from '../../../catalog/picture.ts';
import type { GuideTitle, MatterTile } from '../../../terminal/api.ts';
import { useScreen } from '../screen-context.ts';
import { Icon } from './Icon.tsx';
import { type IconName, iconOf } from './icons.ts';
import { Picture } from './Picture.tsx';
import { Soft } from './Soft.tsx';
import styles from './Tile.module.css';

/** A square to touch, with a picture. One that is `away` opens the page that says why it cannot be done now. */
export function Tile(props: {
  name: string;
  icon: IconName;
  picture?: PictureName | null;
  hint?: string | null;
  onPress: () => void;
  away?: boolean;
}) {
  const { name, icon, picture = null, hint, onPress, away = false } = props;
  return (
    <Button className={`${styles.tile} ${away ? styles.away : ''}`} onPress={onPress}>
      {picture === null ? (
        <span className={styles.ground}>
          <Icon name={icon} />
        </span>
      ) : (
        <Picture name={picture} />
      )}
      <span className={styles.words}>
        <span className={styles.name}>
          <Soft fits={5}>{name}</Soft>
        </span>
        {hint && (
          <span className={styles.hint}>
            <Soft fits={6}>{hint}</Soft>
          </span>
        )}
      </span>
    </Button>
  );
}

/** The tile of a matter, which says before anyone starts when it cannot be done now. */
export function MatterTileKey({ tile }: { tile: MatterTile }) {
  const { t, say, act } = useScreen();
  const away = tile.availability !== 'open';
  const hint = tile.availability === 'open' ? tile.hint && say(tile.hint) : t(`tile.${tile.availability}`);
  return (
    <Tile
      name={say(tile.name)}
      icon={iconOf(tile.icon)}
      picture={tile.picture}
      hint={hint}
      away={away}
      onPress={() => act({ type: 'open-matter', matterId: tile.matterId })}
    />
  );
}

/** The tile of a guide, which is only read. */
function GuideTileKey({ guide: { id, title }, hint }: { guide: GuideTitle; hint?: string | undefined }) {
  const { say, act } = useScreen();
  return (
    <Tile
      name={say(title)}
      icon="book"
      hint={hint ?? null}
      onPress={() => act({ type: 'open-guide', guideId: id })}
    />
  );
}

/** Tiles two in a row, guides after matters; `low` ones leave room for what stands below. */
export function TileGrid(props: {
  tiles: readonly MatterTile[];
  guides?: readonly GuideTitle[];
  guideHint?: string;
  low?: boolean;
}) {
  const { tiles, guides = [], guideHint, low = false } = props;
  const isPictured = tiles.some(({ picture }) => picture !== null);
  return (
    <div className={`${styles.grid} ${low ? styles.low : ''} ${isPictured ? styles.pictured : ''}`}>
      {tiles.map((tile) => (
        <MatterTileKey key={tile.matterId} tile={tile} />
      ))}
      {guides.map((guide) => (
        <GuideTileKey key={guide.id} guide={guide} hint={guideHint} />
      ))}
    </div>
  );
}
