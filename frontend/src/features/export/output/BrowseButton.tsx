import { Button, Popover, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../ipc/client';
import { useAbout } from '../../../ipc/settings';

interface Props {
  /** What the dialog proposes to call the dataset. */
  name: string;
  onChosen: (path: string) => void;
  onFailure: (error: unknown) => void;
}

/** Opens the system's dialog; a browser has none for this, and the button says so. */
export function BrowseButton({ name, onChosen, onFailure }: Props) {
  const { t } = useTranslation();
  const about = useAbout().data;
  const [isExplained, setExplained] = useState(false);
  const browse = async () => {
    if (about?.face === 'browser') {
      setExplained((shown) => !shown);
      return;
    }
    try {
      const { path } = await call('export_choose_output', { name });
      if (path !== null) {
        onChosen(path);
      }
    } catch (error) {
      onFailure(error);
    }
  };
  return (
    <Popover opened={isExplained} onChange={setExplained} position="top" width={300} withArrow>
      <Popover.Target>
        <Button variant="default" onClick={() => void browse()}>
          {t('export.target.browse')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm">
          {t('export.target.noDialog', { folder: `${about?.datasetFolder ?? ''}/training` })}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
