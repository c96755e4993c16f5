import MarketplaceCore

/// The random characters of one chunk of a batch of codes: the key stream of ChaCha20 (RFC 8439 section 2.4).
///
/// The codes must follow from the batch's seed, so that a batch can be taken up again, and yet nobody who has some of
/// them may compute the others: a cipher's key stream is both.
struct CodeStream {
    private static let blockBytes = 64
    private static let rounds = 20

    private var state: [UInt32]
    private var block: [UInt8] = []
    private var offset = 0

    /// The stream of a chunk.
    init(seed: CodeSeed, batch: CodeBatchID, chunk: Int) {
        let nonce = [
            UInt32(truncatingIfNeeded: chunk), UInt32(truncatingIfNeeded: batch.bits),
            UInt32(truncatingIfNeeded: batch.bits >> 32),
        ]
        self.init(key: seed.key, counter: 0, nonce: nonce)
    }

    /// The key stream of eight words of key and three of nonce, from a block on.
    init(key: [UInt32], counter: UInt32, nonce: [UInt32]) {
        // "expand 32-byte k"
        state = [0x6170_7865, 0x3320_646E, 0x7962_2D32, 0x6B20_6574] + key + [counter] + nonce
    }

    /// The next byte of the key stream.
    mutating func nextByte() -> UInt8 {
        if offset == block.count {
            block = Self.block(of: state)
            state[12] &+= 1
            offset = 0
        }
        defer { offset += 1 }
        return block[offset]
    }

    /// A value below `count`, at most 256, each as likely as the others.
    mutating func next(below count: Int) -> Int {
        let ceiling = 256 - 256 % count
        while true {
            let byte = Int(nextByte())
            // The bytes at the end would favour some values.
            if byte < ceiling { return byte % count }
        }
    }

    private static func block(of state: [UInt32]) -> [UInt8] {
        var words = state
        for _ in 0..<(rounds / 2) {
            quarterRound(&words, 0, 4, 8, 12)
            quarterRound(&words, 1, 5, 9, 13)
            quarterRound(&words, 2, 6, 10, 14)
            quarterRound(&words, 3, 7, 11, 15)
            quarterRound(&words, 0, 5, 10, 15)
            quarterRound(&words, 1, 6, 11, 12)
            quarterRound(&words, 2, 7, 8, 13)
            quarterRound(&words, 3, 4, 9, 14)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(blockBytes)
        for (word, start) in zip(words, state) {
            let sum = word &+ start
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: sum >> shift))
            }
        }
        return bytes
    }

    private static func quarterRound(_ words: inout [UInt32], _ a: Int, _ b: Int, _ c: Int, _ d: Int) {
        words[a] &+= words[b]
        words[d] = rotated(words[d] ^ words[a], by: 16)
        words[c] &+= words[d]
        words[b] = rotated(words[b] ^ words[c], by: 12)
        words[a] &+= words[b]
        words[d] = rotated(words[d] ^ words[a], by: 8)
        words[c] &+= words[d]
        words[b] = rotated(words[b] ^ words[c], by: 7)
    }

    private static func rotated(_ word: UInt32, by count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}
