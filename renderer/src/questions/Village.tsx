import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { findVillage, TOWNS, type Town } from '../../../catalog/places.ts';
import { Key } from '../parts/Key.tsx';
import { useScreen } from '../screen-context.ts';
import type { Asked } from './question-of.ts';
import styles from './Village.module.css';

/** A village of the county: here by one touch, or first its town, then the village. */
export function Village(
  props: Pick<Asked<'village'>, 'value' | 'onChange'> & {
    /** The way on for a place that is in none of them. */
    elsewhere?: { readonly label: string; readonly onPress: () => void } | false;
  },
) {
  const { value, onChange, elsewhere = false } = props;
  const { t, say, view } = useScreen();
  const chosen = typeof value === 'string' ? findVillage(value) : undefined;
  const [town, setTown] = useState<Town | null>(chosen?.town ?? null);
  const here = findHere(view.place);
  return (
    <div className={styles.village}>
      <output className={styles.chosen}>
        {chosen === undefined ? (
          <span className={styles.none}>
            {town === null ? t('village.town') : t('village.village', { town: say(town.name) })}
          </span>
        ) : (
          <b>{say(townAndVillage(chosen.town.name, chosen.village.name))}</b>
        )}
      </output>
      {town === null ? (
        <>
          {elsewhere && <Key onPress={elsewhere.onPress}>{elsewhere.label}</Key>}
          {here && (
            <Key onPress={() => onChange(here.code)} icon="place">
              {t('village.here')} · {say(here.name)}
            </Key>
          )}
          <div className={styles.grid}>
            {TOWNS.map((each) => (
              <Place key={each.code} isChosen={false} onPress={() => setTown(each)}>
                {say(each.name)}
              </Place>
            ))}
          </div>
        </>
      ) : (
        <>
          <Key icon="back" onPress={() => setTown(null)}>
            {t('village.other')}
          </Key>
          <div className={styles.grid}>
            {town.villages.map(({ code, name }) => (
              <Place key={code} isChosen={code === value} onPress={() => onChange(code)}>
                {say(name)}
              </Place>
            ))}
          </div>
        </>
      )}
    </div>
  );
}

function Place(props: { children: string; isChosen: boolean; onPress: () => void }) {
  return (
    <Button className={styles.place} aria-pressed={props.isChosen} onPress={props.onPress}>
      {props.children}
    </Button>
  );
}

type Text = { readonly zh: string; readonly en: string };

/** The village this machine stands in, when the county's table has it under the same names. */
function findHere(place: { readonly town: Text; readonly village: Text }) {
  const town = TOWNS.find(({ name }) => name.zh === place.town.zh);
  return town?.villages.find(({ name }) => name.zh === place.village.zh);
}

function townAndVillage(town: Text, village: Text): Text {
  return { zh: `${town.zh}${village.zh}`, en: `${village.en}, ${town.en}` };
}
