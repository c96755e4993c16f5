import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage
import TestSupport
import Testing

private struct Line: Codable, Hashable {
    var sku: TextKey<Line>
    var quantity: Int64
    var price: Money
    var note: String?
}

private struct Basket: Codable, Hashable {
    var lines: [Line]
    var isOpen: Bool
    var time: Timestamp
}

struct JSONPayloadCodecTests {
    private let codec = JSONPayloadCodec()

    private func basket(_ run: inout PropertyRun) throws -> Basket {
        let lines = try (0..<run.natural(through: 4)).map { number in
            Line(
                sku: try TextKey("sku/\(number)\u{E9}\"\\"),
                quantity: run.integer(),
                price: Money(minorUnits: run.integer(), .eur),
                note: run.natural(through: 1) == 0 ? nil : "a\u{0}\n\u{1F600}\u{2028}/"
            )
        }
        let time = Timestamp(microsecondsSinceEpoch: run.integer() / 1_000_000)
        return Basket(lines: lines, isOpen: run.natural(through: 1) == 0, time: time)
    }

    @Test func whateverIsEncodedIsDecodedAgain() {
        PropertyRun.check(500) { run in
            let basket = try basket(&run)
            let bytes = try codec.encode(basket)
            #expect(try codec.decode(Basket.self, from: bytes) == basket, run.replay)
        }
    }

    @Test func equalValuesGiveEqualBytes() throws {
        let names = (0..<50).map { "name-\($0)" }
        let one = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
        let other = Dictionary(uniqueKeysWithValues: names.reversed().map { ($0, 1) })
        #expect(try codec.encode(one) == codec.encode(other))
        #expect(try String(decoding: codec.encode(["b": 1, "a": 2]), as: UTF8.self) == #"{"a":2,"b":1}"#)
        #expect(try String(decoding: codec.encode(["a/b"]), as: UTF8.self) == #"["a/b"]"#)
    }

    @Test func aWrongTypeIsToldWithItsPath() throws {
        let json =
            #"{"isOpen":true,"time":"1970-01-01T00:00:00Z","lines":[{"sku":"a","quantity":"two","price":"1.00 EUR"}]}"#
        let error = try #require(
            thrownError { () throws(PayloadCodecError) in _ = try codec.decode(Basket.self, from: Array(json.utf8)) }
        )
        #expect(error.direction == .decoding)
        #expect(error.typeName == "Basket")
        #expect(error.path == "lines[0].quantity")
        #expect(error.effect == .refused)
        #expect(error.description.contains("lines[0].quantity"))
    }

    @Test func aMissingFieldIsToldWithItsName() throws {
        let error = try #require(
            thrownError { () throws(PayloadCodecError) in
                _ = try codec.decode(Basket.self, from: Array(#"{"isOpen":true,"lines":[]}"#.utf8))
            }
        )
        #expect(error.path == "time")
        #expect(error.reason == "it is missing")
    }

    @Test func aNullWhereThereMustBeAValueIsTold() throws {
        let error = try #require(
            thrownError { () throws(PayloadCodecError) in
                _ = try codec.decode([String].self, from: Array("[null]".utf8))
            }
        )
        #expect(error.path == "[0]")
    }

    @Test func aNumberThatDoesNotFitIsAnErrorAndNeverRounded() throws {
        for json in ["[9223372036854775808]", "[1.5]", "[1e400]", "[256]"] {
            #expect(throws: PayloadCodecError.self) { try codec.decode([Int8].self, from: Array(json.utf8)) }
        }
        #expect(throws: PayloadCodecError.self) {
            try codec.decode([Int64].self, from: Array("[9223372036854775808]".utf8))
        }
        #expect(try codec.decode([Int64].self, from: Array("[9223372036854775807]".utf8)) == [.max])
    }

    @Test func bytesThatAreNoJSONAreAnError() {
        for bytes: [UInt8] in [[], [0xFF], Array("{".utf8), Array("[1,]x".utf8), [0x22, 0xC3, 0x28, 0x22]] {
            let error = thrownError { () throws(PayloadCodecError) in _ = try codec.decode([Int].self, from: bytes) }
            #expect(error?.direction == .decoding)
        }
    }

    @Test func randomBytesNeverTrap() {
        PropertyRun.check(1_000) { run in
            let alphabet = Array(#"{}[]",:0123456789eE+-.truefalsn\u "#.utf8) + [0xC3, 0xFF, 0]
            let bytes = (0..<run.natural(through: 40)).map { _ in run.element(of: alphabet) }
            _ = try? codec.decode(Basket.self, from: bytes)
            _ = try? codec.decode([Int64].self, from: bytes)
        }
    }

    @Test func aValueThatHasNoFormIsToldWhenItIsEncoded() throws {
        let error = try #require(
            thrownError { () throws(PayloadCodecError) in _ = try codec.encode(["share": Double.infinity]) }
        )
        #expect(error.direction == .encoding)
        #expect(error.path == "share")
    }
}
