import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'

/** Returns what a browser sends to register a new passkey, whose private key is thrown away. `url` is that of the page. */
export function madePasskey(challenge: string, url: string) {
  const { origin, hostname } = new URL(url)
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  // A key of the type EC2 (1: 2) for ES256 (3: -7) on the curve P-256 (-1: 1), as COSE has it in CBOR.
  const key = Buffer.concat([hex('a5010203262001215820'), Buffer.from(x, 'base64url'), hex('225820'), Buffer.from(y, 'base64url')])
  // There and verified, with a credential (0x45); no signatures yet; no maker of the device; how long the id is.
  const authData = Buffer.concat([createHash('sha256').update(hostname).digest(), hex('45'), Buffer.alloc(4 + 16), hex('0010'), id, key])
  // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
  const attestation = Buffer.concat([
    hex('a3'),
    text('fmt'),
    text('none'),
    text('attStmt'),
    hex('a0'),
    text('authData'),
    Buffer.from([0x58, authData.length]),
    authData,
  ])
  const clientData = JSON.stringify({ type: 'webauthn.create', challenge, origin, crossOrigin: false })
  return {
    id: id.toString('base64url'),
    rawId: id.toString('base64url'),
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      attestationObject: attestation.toString('base64url'),
      clientDataJSON: Buffer.from(clientData).toString('base64url'),
      transports: ['internal'],
    },
  }
}

function hex(digits: string): Buffer {
  return Buffer.from(digits, 'hex')
}

/** A text of fewer than 24 letters in CBOR. */
function text(letters: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + letters.length]), Buffer.from(letters)])
}
