/// A JSON value (RFC 8259) whose members keep their order, for results that are compared line by line.
///
/// There is no floating-point number: a decimal is given as an integer of its smallest unit, or as ``fixed(_:decimals:)``.
/// Literals make values: `["sold": 10_000, "open": true, "skus": [1, 2, 3]]`.
public indirect enum OrderedJSON: Hashable, Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number. Readers that hold numbers as doubles are exact up to 2^53; give a seed as text.
    case integer(Int64)
    /// A decimal number: `units` with the point before the last `decimals` digits, which are all written.
    case fixed(_ units: Int64, decimals: Int)
    /// A text, escaped when printed.
    case text(String)
    /// Values in their order.
    case array([OrderedJSON])
    /// Members in their order; that no name stands twice is up to the caller.
    case object([Member])

    /// A name and its value.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: OrderedJSON

        /// A member of an object.
        public init(_ name: String, _ value: OrderedJSON) {
            self.name = name
            self.value = value
        }
    }
}

extension OrderedJSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// `nil` is `null`.
    public init(nilLiteral: ()) { self = .null }
    /// A literal `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// A literal whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A literal text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A literal array.
    public init(arrayLiteral elements: OrderedJSON...) { self = .array(elements) }
    /// A literal object; its members keep their order.
    public init(dictionaryLiteral elements: (String, OrderedJSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    /// A whole number in memory.
    public static func integer(_ value: Int) -> OrderedJSON { .integer(Int64(value)) }
}

extension OrderedJSON: CustomStringConvertible {
    /// The value on one line, without spaces.
    public var description: String {
        var text = ""
        print(into: &text, indentation: nil, depth: 0)
        return text
    }

    /// The value over several lines, two spaces for each level, ended by a line break.
    public var indented: String {
        var text = ""
        print(into: &text, indentation: "  ", depth: 0)
        return text + "\n"
    }

    /// The value over as few lines as fit in a width: what fits on a line stands on one, with spaces between its parts.
    ///
    /// A text is never broken, so a line may be longer. Ended by a line break.
    public func indented(width: Int) -> String {
        lines(depth: 0, lead: "", room: width).joined(separator: "\n") + "\n"
    }

    /// The lines of the value behind a lead, with so much room for what follows the indentation.
    private func lines(depth: Int, lead: String, room: Int) -> [String] {
        let indentation = String(repeating: "  ", count: depth)
        let whole = lead + spaced
        let parts: [(lead: String, value: OrderedJSON)]
        let (open, close): (String, String)
        switch self {
        case .array(let values) where !values.isEmpty:
            (open, close) = ("[", "]")
            parts = values.map { ("", $0) }
        case .object(let members) where !members.isEmpty:
            (open, close) = ("{", "}")
            parts = members.map { (Self.quoted($0.name) + ": ", $0.value) }
        default: return [indentation + whole]
        }
        // One more character for the comma that may follow.
        if indentation.count + whole.count < room { return [indentation + whole] }
        var lines = [indentation + lead + open]
        for (index, part) in parts.enumerated() {
            var inner = part.value.lines(depth: depth + 1, lead: part.lead, room: room)
            if index < parts.count - 1 { inner[inner.count - 1] += "," }
            lines += inner
        }
        return lines + [indentation + close]
    }

    /// The value on one line, with a space behind each comma and colon.
    private var spaced: String {
        switch self {
        case .array(let values): "[" + values.map(\.spaced).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ": " + $0.value.spaced }.joined(separator: ", ") + "}"
        default: description
        }
    }

    private func print(into text: inout String, indentation: String?, depth: Int) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .fixed(let units, let decimals):
            text += (units < 0 ? "-" : "") + Format.fixed(UInt128(units.magnitude), decimals: decimals)
        case .text(let value): text += Self.quoted(value)
        case .array(let values):
            Self.print(values, "[", "]", into: &text, indentation, depth) { value, text in
                value.print(into: &text, indentation: indentation, depth: depth + 1)
            }
        case .object(let members):
            Self.print(members, "{", "}", into: &text, indentation, depth) { member, text in
                text += Self.quoted(member.name) + (indentation == nil ? ":" : ": ")
                member.value.print(into: &text, indentation: indentation, depth: depth + 1)
            }
        }
    }

    private static func print<Element>(
        _ elements: [Element],
        _ open: String,
        _ close: String,
        into text: inout String,
        _ indentation: String?,
        _ depth: Int,
        _ printElement: (Element, inout String) -> Void
    ) {
        func lineBreak(_ depth: Int) {
            guard let indentation else { return }
            text += "\n" + String(repeating: indentation, count: depth)
        }
        text += open
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            lineBreak(depth + 1)
            printElement(element, &text)
        }
        if !elements.isEmpty { lineBreak(depth) }
        text += close
    }

    /// RFC 8259 section 7: the quotation mark, the backslash and the control characters are escaped.
    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
