/// An authenticator for tests and demonstrations only: **anybody can forge its codes**.
///
/// `MarketplaceCrypto` has the real one, HMAC-SHA-256.
public struct InsecureMessageAuthenticator: MessageAuthenticator {
    private let key: UInt64

    /// An authenticator for tests with the key of that name.
    public init(forTestsOnly key: String) {
        self.key = InsecureFieldCipher.mixed(Array(key.utf8), 1)
    }

    /// The code of a message.
    public func code(of message: [UInt8]) -> [UInt8] {
        InsecureFieldCipher.bytes(of: InsecureFieldCipher.mixed(message, key))
    }

    /// Whether it is the code of the message.
    public func isAuthentic(_ code: [UInt8], of message: [UInt8]) -> Bool {
        code == self.code(of: message)
    }
}
