import { Decoder, Encoder, type Packet, PacketType } from 'socket.io-parser'

/** An answer to a message that is JSON already: the same text for however many are answered the same. */
export class EncodedAnswer {
  constructor(readonly json: string) {}
}

/** Socket.IO's own, but for those answers, which it would write once more for each. */
class AnswerEncoder extends Encoder {
  override encode(packet: Packet) {
    const answer: unknown = packet.type === PacketType.ACK ? packet.data?.[0] : undefined
    return answer instanceof EncodedAnswer ? [`${PacketType.ACK}${packet.id}[${answer.json}]`] : super.encode(packet)
  }
}

/** For the server of sockets, which has one namespace. */
export const parser = { Encoder: AnswerEncoder, Decoder }
