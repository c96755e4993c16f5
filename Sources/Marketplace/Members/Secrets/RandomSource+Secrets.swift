import MarketplaceCore
import MarketplacePorts

extension RandomSource {
    /// A secret of that many times 64 bits, as hexadecimal digits.
    func secret(words: Int) -> String {
        (0..<words).map { _ in
            let digits = String(next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
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

extension MessageAuthenticator {
    /// What is stored of a secret: its code as hexadecimal digits, from which the secret cannot be had.
    func proof(of secret: String) -> String {
        code(of: Array(secret.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
