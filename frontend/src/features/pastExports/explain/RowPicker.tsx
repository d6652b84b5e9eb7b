import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import classes from './Explain.module.css';
import { type Place, rowWritten, type Side } from './place';

interface Props {
  sides: readonly [Side, ...Side[]];
  shown: Place | undefined;
  onShow: (place: Place) => void;
}

/** Chooses a row by its side and its line there, and steps from one to its neighbours. */
export function RowPicker({ sides, shown, onShow }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [split, setSplit] = useState(shown?.split ?? sides[0].split);
  const [written, setWritten] = useState(String((shown?.row ?? 0) + 1));
  const side = sides.find((each) => each.split === split) ?? sides[0];
  const row = rowWritten(written, side);
  const show = (wanted: number) => {
    setWritten(String(wanted + 1));
    onShow({ split: side.split, row: wanted });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (row !== undefined) {
      show(row);
    }
  };
  const step = (by: number) =>
    row === undefined ? undefined : rowWritten(String(row + 1 + by), side);
  const [previous, next] = [step(-1), step(1)];
  return (
    <form className={classes.picker} onSubmit={submit}>
      {sides.length > 1 && (
        <NativeSelect
          size="xs"
          label={t('exports.explain.split')}
          data={sides.map((each) => each.split)}
          value={side.split}
          onChange={(event) => setSplit(event.currentTarget.value)}
        />
      )}
      <TextInput
        size="xs"
        w="8rem"
        inputMode="numeric"
        label={t('exports.explain.row', { last: formats.number(side.rows) })}
        value={written}
        error={row === undefined}
        onChange={(event) => setWritten(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={row === undefined}>
        {t('exports.explain.start')}
      </Button>
      {shown !== undefined && (
        <Button.Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChevronLeft size={14} aria-hidden />}
            disabled={previous === undefined}
            onClick={() => previous !== undefined && show(previous)}
          >
            {t('exports.explain.previous')}
          </Button>
          <Button
            size="xs"
            variant="default"
            rightSection={<IconChevronRight size={14} aria-hidden />}
            disabled={next === undefined}
            onClick={() => next !== undefined && show(next)}
          >
            {t('exports.explain.next')}
          </Button>
        </Button.Group>
      )}
    </form>
  );
}
