import Foundation
import MarketplaceCore
import MarketplaceJSON
import MarketplaceStorage
import TestSupport
import Testing

/// A value of any shape, written in whatever way an encoder has for it.
private indirect enum Shape: Encodable {
    case nothing
    case truth(Bool)
    case whole(Int64)
    case natural(UInt64)
    case wide(Int128)
    case small(Int8)
    case fraction(Double)
    case single(Float)
    case text(String)
    case bytes(Data)
    case address(URL)
    case decimal(Decimal)
    case time(Date)
    case list([Shape])
    case members([String: Shape])
    case nested([(String, Shape)])
    case nestedList([Shape])
    case silent

    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .list(let elements): return try elements.encode(to: encoder)
        case .members(let members): return try members.encode(to: encoder)
        case .nested(let members):
            var container = encoder.container(keyedBy: Key.self)
            var inner = container.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: "inner"))
            // The outer one is written to while the inner one is open, and both get more than one kind of member.
            for (name, member) in members {
                try container.encode(member, forKey: Key(stringValue: name))
                try inner.encodeIfPresent(member, forKey: Key(stringValue: name))
                try inner.encodeNil(forKey: Key(stringValue: "nil"))
            }
            try members.first?.1.encode(to: container.superEncoder())
            return
        case .nestedList(let elements):
            var container = encoder.unkeyedContainer()
            var inner = container.nestedUnkeyedContainer()
            for element in elements {
                try container.encode(element)
                try inner.encode(element)
            }
            try container.encodeNil()
            return
        case .silent: return
        default: break
        }
        var container = encoder.singleValueContainer()
        switch self {
        case .truth(let value): try container.encode(value)
        case .whole(let value): try container.encode(value)
        case .natural(let value): try container.encode(value)
        case .wide(let value): try container.encode(value)
        case .small(let value): try container.encode(value)
        case .fraction(let value): try container.encode(value)
        case .single(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .bytes(let value): try container.encode(value)
        case .address(let value): try container.encode(value)
        case .decimal(let value): try container.encode(value)
        case .time(let value): try container.encode(value)
        default: try container.encodeNil()
        }
    }
}

extension PropertyRun {
    fileprivate mutating func text() -> String {
        let letters: [Unicode.Scalar] = [
            "a", "b", "Z", "0", " ", "/", "\\", "\"", "\u{0}", "\u{8}", "\t", "\n", "\u{B}", "\u{C}", "\r", "\u{1F}",
            "\u{7F}", "\u{E9}", "\u{301}", "\u{2028}", "\u{1F600}",
        ]
        var text = ""
        for _ in 0..<natural(through: 6) { text.unicodeScalars.append(element(of: letters)) }
        return text
    }

    /// Different keys, of letters that are in the same order whether they are compared as bytes or as characters.
    fileprivate mutating func keys() -> [String] {
        var keys: Set<String> = []
        for _ in 0..<natural(through: element(of: [3, 40])) {
            var key = ""
            for _ in 0...natural(through: 3) { key += element(of: ["a", "b", "B", "0", "_", "\"", "\\", "\n", "/"]) }
            keys.insert(key)
        }
        return Array(keys)
    }

    fileprivate mutating func shape(depth: Int) -> Shape {
        switch natural(through: depth == 0 ? 13 : 17) {
        case 0: return .nothing
        case 1: return .truth(natural(through: 1) == 0)
        case 2: return .whole(element(of: [.min, .max, 0, -1, integer()]))
        case 3: return .natural(element(of: [.max, 0, UInt64(natural(through: 1_000))]))
        case 4: return .wide(element(of: [Int128(Int64.max) + 1, .min, .max, 12]))
        case 5: return .small(element(of: [.min, .max, 0]))
        case 6:
            let fraction = Double(bitPattern: generator.next())
            return .fraction(
                element(of: [0, -0.0, 1, 1e21, 1e-7, 0.1, .leastNonzeroMagnitude, fraction.isFinite ? fraction : 2])
            )
        case 7: return .single(element(of: [0, 1.5, 1e30, .pi, .leastNonzeroMagnitude]))
        case 8, 9: return .text(text())
        case 10: return .bytes(Data((0..<natural(through: 5)).map { UInt8($0 * 50) }))
        case 11: return URL(string: "https://example.org/a/b?c=\(natural(through: 9))").map { .address($0) } ?? .nothing
        case 12: return .decimal(Decimal(integer()) / 1_000)
        case 13: return .time(Date(timeIntervalSince1970: Double(natural(through: 1_000_000)) / 8))
        case 14: return .list((0..<natural(through: 4)).map { _ in shape(depth: depth - 1) })
        case 15:
            let members = keys().map { ($0, shape(depth: depth - 1)) }
            return .members(Dictionary(uniqueKeysWithValues: members))
        case 16:
            let members = keys().filter { !["inner", "super", "nil"].contains($0) }
            return .nested(members.map { ($0, shape(depth: depth - 1)) })
        default: return .nestedList((0..<natural(through: 3)).map { _ in shape(depth: depth - 1) })
        }
    }
}

struct JSONEncodingTests {
    private let codec = JSONPayloadCodec()
    private let toolchain: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try codec.encode(value), as: UTF8.self)
    }

    @Test func everyValueIsWrittenAsTheToolchainWritesIt() {
        PropertyRun.check(3_000) { run in
            let shape = run.shape(depth: 4)
            let expected = String(decoding: try toolchain.encode(shape), as: UTF8.self)
            #expect(try text(shape) == expected, run.replay)
        }
    }

    @Test func keysAreInTheOrderOfTheirBytesAndEscaped() throws {
        let members = ["\u{E9}": 1, "e": 2, "\u{FB01}": 3, "\u{10000}": 4, "\"": 5, "": 6]
        let expected = #"{"":6,"\"":5,"e":2,"\#u{E9}":1,"\#u{FB01}":3,"\#u{10000}":4}"#
        #expect(try text(members) == expected)
    }

    @Test func ofAKeyThatComesTwiceTheLastValueIsWritten() throws {
        struct Twice: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Shape.Key.self)
                for (key, value) in [("b", 1), ("a", 2), ("b", 3)] {
                    try container.encode(value, forKey: Shape.Key(stringValue: key))
                }
            }
        }
        #expect(try text(Twice()) == #"{"a":2,"b":3}"#)
        #expect(try text(Twice()) == String(decoding: try toolchain.encode(Twice()), as: UTF8.self))
    }

    @Test func aContainerThatIsAskedForTwiceIsOne() throws {
        struct Base: Encodable {
            func encode(to encoder: any Encoder) throws {
                for name in ["a", "b"] {
                    var container = encoder.container(keyedBy: Shape.Key.self)
                    try container.encode(name, forKey: Shape.Key(stringValue: name))
                }
            }
        }
        #expect(try text(Base()) == #"{"a":"a","b":"b"}"#)
    }

    @Test func aMemberThatWritesNothingIsAnEmptyObjectAndAValueThatDoesIsAnError() throws {
        #expect(try text(["a": Shape.silent]) == #"{"a":{}}"#)
        let error = thrownError { () throws(PayloadCodecError) in _ = try codec.encode(Shape.silent) }
        #expect(error?.direction == .encoding)
    }

    @Test func aNumberWithoutFormIsToldWithItsPath() throws {
        let shape = Shape.members(["lines": .list([.truth(true), .nested([("share", .fraction(.nan))])])])
        let error = thrownError { () throws(PayloadCodecError) in _ = try codec.encode(shape) }
        #expect(error?.path == "lines[1].share")
    }

    @Test func whoAsksForThePathIsToldIt() throws {
        struct Curious: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                try container.encode(encoder.codingPath.map(\.stringValue).joined(separator: "/"))
            }
        }
        #expect(try text(["a": ["b": [Curious(), Curious()]]]) == #"{"a":{"b":["a/b/0","a/b/1"]}}"#)
    }
}
