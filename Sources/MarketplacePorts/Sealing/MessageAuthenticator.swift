/// Tells whether a message comes from who holds the shared key, such as the webhook of a payment gateway.
public protocol MessageAuthenticator: Sendable {
    /// The code of a message.
    func code(of message: [UInt8]) -> [UInt8]

    /// Whether it is the code of the message, compared in a time that does not depend on where they differ.
    func isAuthentic(_ code: [UInt8], of message: [UInt8]) -> Bool
}
