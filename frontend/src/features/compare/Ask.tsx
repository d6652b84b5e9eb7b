import { Button, Group, Text, Textarea } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Folded } from '../../app/Folded';
import { NumberField } from '../../app/NumberField';
import type { CompareStartResponse } from '../../ipc/generated';
import { PromptList } from './PromptList';
import { useComparison } from './session/Comparison';
import { Unlisted } from './Unlisted';

const MOST_TOKENS = 8192;
const HOTTEST = 2;

/** What both sides are asked: a question kept from the training, or one's own. */
export function Ask({ opened }: { opened: CompareStartResponse }) {
  const { t } = useTranslation();
  const { question, setQuestion, asked, ask, isAnswering, cancel, sampling, setSampling } =
    useComparison();
  const askOwn = () => {
    if (question.trim() !== '' && !isAnswering) {
      ask({ row: null, question });
    }
  };
  return (
    <>
      <Textarea
        size="xs"
        label={t('compare.own')}
        placeholder={t('compare.ownPlaceholder')}
        autosize
        minRows={2}
        maxRows={8}
        value={question}
        onChange={(event) => setQuestion(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            askOwn();
          }
        }}
      />
      <Group gap="xs">
        <Button
          size="xs"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          aria-keyshortcuts="Control+Enter"
          disabled={question.trim() === '' || isAnswering}
          onClick={askOwn}
        >
          {t('compare.ask')}
        </Button>
        {isAnswering && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerStop size={15} aria-hidden />}
            onClick={cancel}
          >
            {t('compare.cancel')}
          </Button>
        )}
      </Group>
      {opened.prompts.length > 0 && (
        <div>
          <Text size="xs" fw={600} mb={6}>
            {t('compare.heldOut')}
          </Text>
          <PromptList
            prompts={opened.prompts}
            chosen={asked?.row ?? null}
            isResting={isAnswering}
            onChoose={(row) => ask({ row, question: '' })}
          />
        </div>
      )}
      <Unlisted listed={opened.prompts.length} tooLong={opened.tooLong} context={opened.context} />
      <Folded title={t('compare.how')}>
        <Group align="flex-end" grow>
          <NumberField
            label={t('compare.maxTokens')}
            min={1}
            max={MOST_TOKENS}
            value={sampling.maxTokens}
            onChange={(maxTokens) => setSampling({ ...sampling, maxTokens })}
          />
          <NumberField
            label={t('compare.temperature')}
            isDecimal
            min={0}
            max={HOTTEST}
            step={0.1}
            value={sampling.temperature}
            onChange={(temperature) => setSampling({ ...sampling, temperature })}
          />
        </Group>
      </Folded>
    </>
  );
}
