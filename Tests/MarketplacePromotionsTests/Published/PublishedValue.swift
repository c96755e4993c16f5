import Foundation
import MarketplaceCore

/// Any value of a JSON file of published cases, read by hand: every group writes its cases differently.
enum PublishedValue: Decodable, Hashable, Sendable {
    case object([String: PublishedValue])
    case array([PublishedValue])
    case text(String)
    case number(Decimal)
    case flag(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let array = try? container.decode([PublishedValue].self) {
            self = .array(array)
        } else {
            self = .object(try container.decode([String: PublishedValue].self))
        }
    }

    subscript(key: String) -> PublishedValue? {
        guard case .object(let object) = self, let value = object[key], value != .null else { return nil }
        return value
    }

    var object: [String: PublishedValue] { if case .object(let object) = self { object } else { [:] } }
    var array: [PublishedValue] { if case .array(let array) = self { array } else { [] } }
    var isTrue: Bool { self == .flag(true) }

    /// Texts, and numbers as they are written.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        default: nil
        }
    }

    var texts: [String] { array.compactMap(\.text) }

    func ratio() throws -> Ratio {
        guard let text else { throw PublishedCaseError("\(self) is no number") }
        return try Ratio(parsing: text)
    }

    func whole() throws -> Int {
        let ratio = try ratio()
        guard ratio.denominator == 1 else { throw PublishedCaseError("\(ratio) is not whole") }
        return Int(ratio.numerator)
    }
}

/// A published case says something that its reader does not understand: it must not pass by being ignored.
struct PublishedCaseError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
