import { ExternalLink } from 'lucide-react'
import { Fragment, memo, type ReactNode } from 'react'
import type { Block, Body, Inline, ListItem, Mark } from '#lib/story/body.ts'
import styles from './body-content.module.css'
import card from './card.module.css'
import { Picture } from './picture.tsx'

/** A body as readers see it: one element a node, and text only ever as text. */
export const BodyContent = memo(function BodyContent({ body }: { body: Body }) {
  return <div className={styles.body}>{body.content.map(blockAt)}</div>
})

// The nodes of a body have no identity but their place: it is replaced as a whole when it is edited.
function blockAt(block: Block, index: number): ReactNode {
  return <BlockNode key={index} block={block} />
}

function BlockNode({ block }: { block: Block }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p>{inlines(block.content)}</p>
    case 'heading':
      return block.attrs.level === 3 ? <h3>{inlines(block.content)}</h3> : <h4>{inlines(block.content)}</h4>
    case 'bulletList':
      return <ul>{block.content.map(itemAt)}</ul>
    case 'orderedList':
      return <ol start={block.attrs?.start ?? 1}>{block.content.map(itemAt)}</ol>
    case 'blockquote':
      return <blockquote>{block.content.map(blockAt)}</blockquote>
    case 'codeBlock':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
        <pre tabIndex={0}>
          <code>{(block.content ?? []).map((part) => part.text).join('')}</code>
        </pre>
      )
    case 'horizontalRule':
      return <hr />
    case 'image':
      return <Picture attrs={block.attrs} />
    case 'linkCard':
      return <LinkCard {...block.attrs} />
  }
}

function itemAt(item: ListItem, index: number): ReactNode {
  return <li key={index}>{item.content.map(blockAt)}</li>
}

function LinkCard({ url, title }: { url: string; title: string | null }) {
  const { host } = new URL(url)
  return (
    <a className={card.card} href={url} rel="noopener nofollow">
      <span className={card.title}>{title ?? url.replace(/^https?:\/\//, '')}</span>
      <span className={card.from}>
        {host} <ExternalLink aria-hidden size={14} />
      </span>
    </a>
  )
}

function inlines(nodes: readonly Inline[] = []): ReactNode {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
    <Fragment key={index}>{node.type === 'hardBreak' ? <br /> : (node.marks ?? []).reduceRight<ReactNode>(marked, node.text)}</Fragment>
  ))
}

function marked(children: ReactNode, mark: Mark): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong>{children}</strong>
    case 'italic':
      return <em>{children}</em>
    case 'strike':
      return <s>{children}</s>
    case 'code':
      return <code>{children}</code>
    case 'link':
      return (
        <a href={mark.attrs.href} rel="noopener nofollow">
          {children}
        </a>
      )
  }
}
