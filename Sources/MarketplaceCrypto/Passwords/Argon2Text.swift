#if Crypto
/// A hash of a password in the PHC string format: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`.
struct Argon2Text {
    let cost: Argon2Cost
    let salt: [UInt8]
    let tag: [UInt8]

    /// The bounds of RFC 9106 section 3.1, and what fits a text of a few hundred characters.
    static let saltBytes = 8...64
    static let tagBytes = 16...64

    init(cost: Argon2Cost, salt: [UInt8], tag: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.tag = tag
    }

    /// Reads a text; nil when it is another form, algorithm or version, or its cost is out of bounds.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=\(Argon2id.version)" else {
            return nil
        }
        let numbers = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard numbers.count == 3, let memory = Self.number("m", numbers[0]), let passes = Self.number("t", numbers[1]),
            let lanes = Self.number("p", numbers[2]),
            let cost = Argon2Cost(memoryKibibytes: memory, passes: passes, lanes: lanes),
            let salt = Sodium.Base64.standard.bytes(of: parts[4]), Self.saltBytes.contains(salt.count),
            let tag = Sodium.Base64.standard.bytes(of: parts[5]), Self.tagBytes.contains(tag.count)
        else { return nil }
        self.init(cost: cost, salt: salt, tag: tag)
    }

    var text: String {
        let numbers = "m=\(cost.memoryKibibytes),t=\(cost.passes),p=\(cost.lanes)"
        let (salt, tag) = (Sodium.Base64.standard.text(of: salt), Sodium.Base64.standard.text(of: tag))
        return "$argon2id$v=\(Argon2id.version)$\(numbers)$\(salt)$\(tag)"
    }

    private static func number(_ name: String, _ text: Substring) -> UInt32? {
        guard text.hasPrefix("\(name)="), let number = UInt32(text.dropFirst(2)) else { return nil }
        return text == "\(name)=\(number)" ? number : nil
    }
}
#endif
