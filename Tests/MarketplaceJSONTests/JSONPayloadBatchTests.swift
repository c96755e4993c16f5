import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage
import Synchronization
import TestSupport
import Testing

private struct Note: Codable, Hashable {
    var number: Int64
    var text: String
}

private struct Price: Codable, Hashable {
    var amount: Money
}

private enum Read: Hashable {
    case note(Note)
    case price(Price)
}

/// What reading the payload at an index failed with.
private struct Unread: Error, Hashable {
    let index: Int
}

struct JSONPayloadBatchTests {
    private let codec = JSONPayloadCodec()

    /// Reads payloads of which every third is a price.
    private func read(_ payloads: [[UInt8]]) throws(Unread) -> [Read] {
        try codec.decodeAll(payloads) { index, payload throws(Unread) in
            do {
                return index % 3 == 2 ? .price(try payload.read(Price.self)) : .note(try payload.read(Note.self))
            } catch {
                throw Unread(index: index)
            }
        }
    }

    private func values(_ run: inout PropertyRun, count: Int) -> [Read] {
        (0..<count).map { index in
            index % 3 == 2
                ? .price(Price(amount: Money(minorUnits: run.integer(), .eur)))
                : .note(Note(number: run.integer(), text: "],[\"\u{E9}\u{0}\\ \(run.integer())"))
        }
    }

    private func encoded(_ values: [Read]) throws -> [[UInt8]] {
        try values.map { value in
            switch value {
            case .note(let note): try codec.encode(note)
            case .price(let price): try codec.encode(price)
            }
        }
    }

    @Test func manyPayloadsAreReadAsEachByItself() {
        PropertyRun.check(100) { run in
            let values = values(&run, count: Int(run.natural(through: 40)))
            let together = try? read(encoded(values))
            #expect(together == values, run.replay)
        }
    }

    @Test func payloadsThatAreLargeTogetherAreReadInParts() throws {
        let values = (0..<9).map { index -> Read in
            index % 3 == 2
                ? .price(Price(amount: Money(minorUnits: Int64(index), .eur)))
                : .note(Note(number: Int64(index), text: String(repeating: "n", count: 400_000)))
        }
        let together = try read(encoded(values))
        #expect(together == values)
    }

    @Test func theFirstPayloadThatCannotBeReadIsNamed() throws {
        var run = PropertyRun(seed: 7)
        let whole = try encoded(values(&run, count: 12))
        let spoilt: [[UInt8]] = [
            [], Array("null".utf8), Array("{".utf8), Array(#"{"number":1}"#.utf8), Array("]".utf8),
            Array(#"{"number":1,"text":"a"},{"number":2,"text":"b"}"#.utf8),
        ]
        for bytes in spoilt {
            for index in whole.indices {
                var payloads = whole
                payloads[index] = bytes
                payloads[11] = Array("x".utf8)
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(throws: Unread(index: index), "\(text) at \(index)") { _ = try read(payloads) }
            }
        }
    }

    @Test func payloadsOfWhichOneIsTwoAndAnotherIsHalfAreNotReadAsTheOthers() throws {
        let payloads = [#"{"number":1,"text":"a"},{"number":2"#, #""text":"b"}"#].map { Array($0.utf8) }
        #expect(throws: Unread(index: 0)) { _ = try read(payloads) }
    }

    @Test func whoeverAsksForNothingDoesNotMoveTheOthers() throws {
        let payloads = try (0..<6).map { try codec.encode(Note(number: Int64($0), text: "")) }
        let numbers = try codec.decodeAll(payloads) { index, payload in
            index % 2 == 0 ? nil : try payload.read(Note.self).number
        }
        #expect(numbers == [nil, 1, nil, 3, nil, 5])
    }
}
