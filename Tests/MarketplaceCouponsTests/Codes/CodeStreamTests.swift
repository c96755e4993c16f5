import MarketplaceCore
import Testing

@testable import MarketplaceCoupons

struct CodeStreamTests {
    /// The test vector of RFC 8439 section 2.3.2.
    @Test func theKeyStreamIsThatOfThePublishedVector() {
        // The bytes 0 to 31, the lowest of each word first.
        let key: [UInt32] = (0..<8).map { 0x0302_0100 + 0x0404_0404 * UInt32($0) }
        var stream = CodeStream(key: key, counter: 1, nonce: [0x0900_0000, 0x4A00_0000, 0])
        let block = (0..<64).map { _ in stream.nextByte() }
        let published: [UInt8] = [
            0x10, 0xF1, 0xE7, 0xE4, 0xD1, 0x3B, 0x59, 0x15, 0x50, 0x0F, 0xDD, 0x1F, 0xA3, 0x20, 0x71, 0xC4, 0xC7, 0xD1,
            0xF4, 0xC7, 0x33, 0xC0, 0x68, 0x03, 0x04, 0x22, 0xAA, 0x9A, 0xC3, 0xD4, 0x6C, 0x4E, 0xD2, 0x82, 0x64, 0x46,
            0x07, 0x9F, 0xAA, 0x09, 0x14, 0xC2, 0xD7, 0x05, 0xD9, 0x8B, 0x02, 0xA2, 0xB5, 0x12, 0x9C, 0xD1, 0xDE, 0x16,
            0x4E, 0xB9, 0xCB, 0xD0, 0x83, 0xE8, 0xA2, 0x50, 0x3C, 0x4E,
        ]
        #expect(block == published)
    }

    @Test func theStreamGoesOnBehindItsFirstBlock() {
        var whole = CodeStream(key: Array(repeating: 7, count: 8), counter: 0, nonce: [1, 2, 3])
        for _ in 0..<64 { _ = whole.nextByte() }
        var second = CodeStream(key: Array(repeating: 7, count: 8), counter: 1, nonce: [1, 2, 3])
        #expect((0..<64).map { _ in whole.nextByte() } == (0..<64).map { _ in second.nextByte() })
    }

    @Test func everyCharacterIsAsLikelyAsTheOthers() {
        let seed = CodeSeed(SeededRandomSource(seed: 1))
        var stream = CodeStream(seed: seed, batch: .number(1), chunk: 0)
        var counts = Array(repeating: 0, count: 31)
        for _ in 0..<310_000 { counts[stream.next(below: 31)] += 1 }
        // 10,000 each are expected, with a standard deviation of 98; six of them do not happen by chance.
        for count in counts { #expect((9_410...10_590).contains(count)) }
    }

    @Test func chunksAndBatchesHaveStreamsOfTheirOwn() {
        let seed = CodeSeed(SeededRandomSource(seed: 1))
        let streams = [(1, 0), (1, 1), (2, 0)].map { batch, chunk in
            var stream = CodeStream(seed: seed, batch: .number(batch), chunk: chunk)
            return (0..<16).map { _ in stream.nextByte() }
        }
        #expect(Set(streams).count == 3)
    }
}
