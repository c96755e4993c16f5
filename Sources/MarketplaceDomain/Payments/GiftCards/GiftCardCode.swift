public import MarketplaceCore

/// Names a gift card; unlike its code it is no secret.
public typealias GiftCardID = Identifier<GiftCardSubject>

/// The code of a gift card: whoever has it can redeem the card.
///
/// It does not show itself in logs, and is stored nowhere: only what a keyed function makes of it is.
public struct GiftCardCode: Sendable, Hashable {
    /// The most bytes of what may be entered: a code with its hyphens has less than half of that.
    public static let maximumBytes = 64
    /// The letters of a code: those of Crockford's Base32, without I, L, O and U.
    static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    /// How many letters stand between two hyphens.
    private static let groupLength = 5

    /// The letters, without hyphens.
    public let text: String

    /// Reads what somebody has entered: small letters, hyphens and spaces do not matter, nor do O for 0 and I or L for 1.
    ///
    /// - Throws: ``GiftCardRefusal/malformed`` for anything else.
    public init(_ entered: String) throws(GiftCardRefusal) {
        guard entered.utf8.count <= Self.maximumBytes else { throw .malformed }
        var letters: [UInt8] = []
        for byte in entered.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: " "): continue
            case UInt8(ascii: "o"), UInt8(ascii: "O"): letters.append(UInt8(ascii: "0"))
            case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "l"), UInt8(ascii: "L"):
                letters.append(UInt8(ascii: "1"))
            case UInt8(ascii: "a")...UInt8(ascii: "z"): letters.append(byte - 32)
            default: letters.append(byte)
            }
        }
        guard !letters.isEmpty, letters.allSatisfy(Self.letters.contains) else { throw .malformed }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// The code that those bytes are, five bits for a letter; bits that are left over are left out.
    package init(bytes: some Sequence<UInt8>) {
        var letters: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                letters.append(Self.letters[Int(buffer >> bits & 31)])
            }
            buffer &= (1 << bits) - 1
        }
        text = String(decoding: letters, as: UTF8.self)
    }

    /// The code as it is printed on a card: five letters at a time.
    public var printed: String {
        var groups: [Substring] = []
        var rest = text[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(Self.groupLength))
            rest = rest.dropFirst(Self.groupLength)
        }
        return groups.joined(separator: "-")
    }
}

extension GiftCardCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
