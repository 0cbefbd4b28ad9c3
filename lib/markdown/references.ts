import type { Definition, Nodes, Root } from 'mdast'

/** Puts the links and pictures in the place of the references to them, whose addresses are told elsewhere in the text. Changes `root`. */
export function resolveReferences(root: Root): void {
  const definitions = new Map<string, Definition>()
  visit(root, (node) => {
    // Of two with the same name the first counts.
    if (node.type === 'definition' && !definitions.has(node.identifier)) definitions.set(node.identifier, node)
  })
  visit(root, (node) => {
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return
    const found = definitions.get(node.identifier)
    if (found) Object.assign(node, { type: node.type === 'linkReference' ? 'link' : 'image', url: found.url, title: found.title })
  })
}

function visit(node: Nodes, look: (node: Nodes) => void): void {
  look(node)
  if ('children' in node) for (const child of node.children) visit(child, look)
}
