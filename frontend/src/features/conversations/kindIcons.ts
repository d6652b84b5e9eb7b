import {
  type Icon,
  IconArticle,
  IconBook2,
  IconBox,
  IconListCheck,
  IconMessage,
} from '@tabler/icons-react';
import type { Kind } from './filters';

export const kindIcons: Record<Kind, Icon> = {
  conversation: IconMessage,
  article: IconArticle,
  element: IconBox,
  requirement: IconListCheck,
  chunk: IconBook2,
};
