import MarketplaceCore

extension RandomSource {
    /// A secret of that many times 64 bits, as hexadecimal digits.
    func secret(words: Int) -> String {
        (0..<words).map { _ in
            let digits = String(next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A code of that many decimal digits, each code as likely as the others.
    func code(digits: Int) -> String {
        (0..<digits).map { _ in String(next(through: 9)) }.joined()
    }
}

extension String {
    /// Whether both are the same bytes, found out in a time that depends on their lengths alone.
    func isSecretlyEqual(to other: String) -> Bool {
        let left = Array(utf8)
        let right = Array(other.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
