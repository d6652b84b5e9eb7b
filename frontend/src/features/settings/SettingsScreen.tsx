import { Group, Input, Rating, SegmentedControl, Select, Stack, Switch, Text } from '@mantine/core';
import { isTauri } from '@tauri-apps/api/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { NumberField } from '../../app/NumberField';
import { ScreenHeader } from '../../app/ScreenHeader';
import { type Zoom, zooms } from '../../app/zoom';
import { useFormats } from '../../i18n/formats';
import type { AppSettingsOutput, SettingsResponse } from '../../ipc/generated';
import { useAbout, useChangeSettings, useSettings } from '../../ipc/settings';
import { DataFolderField } from './DataFolderField';
import { ForgottenSection } from './ForgottenSection';
import { SettingsSection } from './SettingsSection';

export function SettingsScreen() {
  const { t } = useTranslation();
  const settings = useSettings();
  const about = useAbout();
  return (
    <Stack maw="62rem" p="xl" gap="lg">
      <ScreenHeader title={t('screen.settings')} lead={t('settings.lead')} />
      {settings.data && <Sections stored={settings.data} />}
      {about.data && (
        <Text size="xs" c="var(--ink-soft)">
          {t('settings.about', { version: about.data.version })}
        </Text>
      )}
    </Stack>
  );
}

function Sections({ stored }: { stored: SettingsResponse }) {
  const { t } = useTranslation();
  const about = useAbout();
  return (
    <>
      <SettingsSection title={t('settings.data')} lead={t('settings.dataLead')}>
        <DataFolderField settings={stored} />
        {about.data && (
          <Text size="sm" c="var(--ink-soft)">
            {t('settings.datasetFolder')}{' '}
            <Text span ff="monospace" size="sm" c="var(--ink)">
              {about.data.datasetFolder}
            </Text>
          </Text>
        )}
      </SettingsSection>
      {stored.dataFolder.exists && <ForgottenSection folder={stored.dataFolder.path} />}
      <AppearanceSection settings={stored.settings} />
      <DefaultsSection settings={stored.settings} />
    </>
  );
}

function AppearanceSection({ settings }: { settings: AppSettingsOutput }) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const change = useChangeSettings();
  return (
    <SettingsSection title={t('settings.appearance')} lead={t('settings.appearanceLead')}>
      {change.isError && <FailureNote error={change.error} />}
      <Choice
        label={t('settings.language')}
        value={settings.language}
        choices={{ system: t('settings.languageSystem'), fr: 'Français', en: 'English' }}
        onChange={(language) => change.mutate({ language })}
      />
      <Choice
        label={t('settings.theme')}
        value={settings.theme}
        choices={{
          system: t('settings.themeSystem'),
          light: t('settings.themeLight'),
          dark: t('settings.themeDark'),
        }}
        onChange={(theme) => change.mutate({ theme })}
      />
      {isTauri() && (
        <Select
          label={t('settings.zoom')}
          description={t('settings.zoomHelp')}
          styles={{ wrapper: { maxWidth: '8rem' } }}
          allowDeselect={false}
          data={zooms.map((zoom) => ({ value: `${zoom}`, label: percent(zoom / 100) }))}
          value={`${settings.zoom}`}
          onChange={(value) => change.mutate({ zoom: Number(value) as Zoom })}
        />
      )}
    </SettingsSection>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: Record<Value, string>;
  onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Input.Wrapper label={label} labelElement="div">
      <div>
        <SegmentedControl
          mt={4}
          aria-label={label}
          value={value}
          data={Object.entries<string>(choices).map(([key, text]) => ({ value: key, label: text }))}
          onChange={(key) => onChange(key as Value)}
        />
      </div>
    </Input.Wrapper>
  );
}

function DefaultsSection({ settings }: { settings: AppSettingsOutput }) {
  const { t } = useTranslation();
  const { percentSign } = useFormats();
  const change = useChangeSettings();
  const ratingLabel = useId();
  const defaults = settings.exportDefaults;
  const set = (exportDefaults: Partial<typeof defaults>) => change.mutate({ exportDefaults });
  return (
    <SettingsSection title={t('settings.defaults')} lead={t('settings.defaultsLead')}>
      {change.isError && <FailureNote error={change.error} />}
      <Input.Wrapper
        label={t('settings.minimumRating')}
        labelElement="div"
        labelProps={{ id: ratingLabel }}
        description={t('settings.minimumRatingHelp')}
      >
        <Group mt={6} gap="sm">
          <Rating
            size="lg"
            aria-labelledby={ratingLabel}
            value={defaults.minimumRating}
            getSymbolLabel={(count) => t('settings.minimumRatingValue', { count })}
            onChange={(minimumRating) => set({ minimumRating })}
          />
          <Text size="sm" c="var(--ink-soft)">
            {t('settings.minimumRatingShown', { count: defaults.minimumRating })}
          </Text>
        </Group>
      </Input.Wrapper>
      <Switch
        label={t('settings.includeUnrated')}
        description={t('settings.includeUnratedHelp')}
        checked={defaults.includeUnrated}
        onChange={(event) => set({ includeUnrated: event.currentTarget.checked })}
      />
      <Switch
        label={t('settings.documentation')}
        description={t('settings.documentationHelp')}
        checked={defaults.documentation}
        onChange={(event) => set({ documentation: event.currentTarget.checked })}
      />
      <NumberField
        size="sm"
        label={t('settings.valFraction')}
        description={t('settings.valFractionHelp')}
        suffix={percentSign}
        min={0}
        max={90}
        step={5}
        value={Math.round(defaults.valFraction * 100)}
        onChange={(percent) => set({ valFraction: percent / 100 })}
      />
    </SettingsSection>
  );
}
