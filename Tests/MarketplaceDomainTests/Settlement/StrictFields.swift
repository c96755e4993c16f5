import Foundation
import MarketplaceCore
import Testing

/// A value of a JSON file.
enum JSONValue: Decodable, Hashable {
    case null
    case bool(Bool)
    case number(Decimal)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Decimal.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// A number, or a text of one, as text.
    var digits: String? {
        switch self {
        case .number(let value): value.description
        case .text(let value): value
        default: nil
        }
    }

    /// A text alone, or the texts of a list.
    var texts: [String] {
        switch self {
        case .text(let value): [value]
        case .list(let values): values.flatMap(\.texts)
        default: []
        }
    }
}

/// The fields of a published case, each of which must be taken: one that nobody knows fails the test.
struct StrictFields {
    struct Unknown: Error, CustomStringConvertible {
        var description: String
    }

    private let place: String
    private var left: [String: JSONValue]

    init(_ value: JSONValue, _ place: String) throws {
        guard case .object(let fields) = value else { throw Unknown(description: "\(place) is no object") }
        self.place = place
        left = fields
    }

    mutating func take(_ key: String) -> JSONValue? {
        guard let value = left.removeValue(forKey: key), value != .null else { return nil }
        return value
    }

    /// Takes an object within.
    mutating func fields(_ key: String) throws -> StrictFields? {
        try take(key).map { try StrictFields($0, "\(place).\(key)") }
    }

    /// Takes what is known to say nothing about the result.
    mutating func skip(_ keys: String...) {
        for key in keys { left[key] = nil }
    }

    /// Takes all that is left.
    mutating func rest() -> [String: JSONValue] {
        defer { left = [:] }
        return left
    }

    func finish() throws {
        guard left.isEmpty else { throw Unknown(description: "\(place) has unknown keys: \(left.keys.sorted())") }
    }
}

/// A file of published cases.
struct PublishedCases {
    struct Case: Sendable, CustomTestStringConvertible {
        let id: String
        let value: JSONValue
        var testDescription: String { id }
    }

    static func cases(_ name: String) throws -> [Case] {
        struct Group: Decodable {
            var cases: [JSONValue]
        }
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Vectors"))
        return try JSONDecoder().decode(Group.self, from: Data(contentsOf: url)).cases.map { value in
            var fields = try StrictFields(value, name)
            return Case(id: try #require(fields.take("id")?.digits), value: value)
        }
    }

    /// An amount as a case writes it, in minor units; it must be a whole number of them.
    static func minor(_ value: JSONValue?, _ currency: Currency, isMajor: Bool) throws -> Int64? {
        guard let value else { return nil }
        let ratio = try Ratio(parsing: #require(value.digits))
        let exact = try ratio * Ratio(isMajor ? currency.minorUnitsPerMajorUnit : 1)
        try #require(exact.denominator == 1, "\(value) is not a whole number of minor units")
        return exact.numerator
    }

    static func isMajor(_ fields: inout StrictFields) throws -> Bool {
        switch fields.take("unit")?.digits {
        case "major": true
        case "minor": false
        default: throw StrictFields.Unknown(description: "an unknown unit")
        }
    }
}
